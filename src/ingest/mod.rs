//! From a folder to drafts: walking, decoding, and one reader for each file format.
