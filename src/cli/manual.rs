//! `convene completions` and `convene man`: what shells and manuals are told of the commands.

use std::fs;
use std::io;
use std::path::Path;

use clap::{Command, CommandFactory as _};
use clap_complete::Shell;
use clap_mangen::Man;

use super::args::Arguments;
use super::terminal::Terminal;
use super::{DONE, WORLD_REFUSED};
use crate::diag::Count;

/// Prints the completions of a shell.
pub(super) fn completions(shell: Shell, terminal: &Terminal) -> u8 {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "convene", &mut script);
    terminal.show(String::from_utf8_lossy(&script).trim_end());
    DONE
}

/// Writes a page for the program and one for each command.
pub(super) fn pages(folder: &Path, terminal: &Terminal) -> u8 {
    match write_pages(folder) {
        Ok(count) => {
            terminal.say(&format!("Wrote {} into {}", Count::of(count, "page"), folder.display()));
            DONE
        }
        Err(error) => {
            terminal.complain(&format!("could not write `{}`: {error}", folder.display()));
            WORLD_REFUSED
        }
    }
}

fn write_pages(folder: &Path) -> io::Result<usize> {
    fs::create_dir_all(folder)?;
    let mut root = Arguments::command();
    root.build();
    let mut count = 0;
    // The name of a command's page is its path: `convene-new-offering`.
    let mut waiting: Vec<(String, Command)> = vec![("convene".to_owned(), root)];
    while let Some((name, command)) = waiting.pop() {
        let inner = command.get_subcommands().filter(|inner| inner.get_name() != "help");
        waiting.extend(inner.map(|one| (format!("{name}-{}", one.get_name()), one.clone())));
        let mut page = Vec::new();
        Man::new(command).title(name.to_uppercase()).render(&mut page)?;
        fs::write(folder.join(format!("{name}.1")), page)?;
        count += 1;
    }
    Ok(count)
}
