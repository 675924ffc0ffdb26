//! The command line: one file a command. Reads clock, environment and arguments, once.
