//! The arguments of a command, described to clap only once it is known that this command is asked for: describing
//! fifteen commands of which one is run was a twentieth of a cold search.

use std::ops::{Deref, DerefMut};

use clap::{ArgMatches, Args, Command, Error, FromArgMatches};

/// Arguments that are described late.
pub struct Late<A>(pub A);

impl<A: Args> Args for Late<A> {
    fn augment_args(command: Command) -> Command {
        command.defer(A::augment_args)
    }

    fn augment_args_for_update(command: Command) -> Command {
        command.defer(A::augment_args_for_update)
    }
}

impl<A: FromArgMatches> FromArgMatches for Late<A> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Late<A>, Error> {
        A::from_arg_matches(matches).map(Late)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.0.update_from_arg_matches(matches)
    }
}

impl<A> Deref for Late<A> {
    type Target = A;

    fn deref(&self) -> &A {
        &self.0
    }
}

impl<A> DerefMut for Late<A> {
    fn deref_mut(&mut self) -> &mut A {
        &mut self.0
    }
}
