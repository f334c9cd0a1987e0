//! Bugs that were. Each test is named for what went wrong, in a few words, and opens with a comment:
//! what was seen, and why it happened. A bug that a room can show on its own is tested at the foot of
//! that room's file instead.
