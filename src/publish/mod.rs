//! The only writer of the output folder: what changed, files of our own only, all or nothing.
