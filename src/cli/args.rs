//! The arguments of every command, with their help.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};

use crate::model::ProgramYear;
use crate::schema::FILES;

/// A compiler for program catalogs: Markdown and YAML in, a checked site with schedules out.
#[derive(Debug, Parser)]
#[command(
    version,
    propagate_version = true,
    max_term_width = 80,
    after_help = "Examples:\n  \
        convene new catalog learning    make a small catalog to start from\n  \
        convene serve                   see the site while you write\n  \
        convene build                   write the site into public/\n\n\
        Exit codes: 0 done, 1 errors in content, 2 wrong usage, 3 could not read or write"
)]
pub(super) struct Arguments {
    /// The project's folder, which has `content/` in it
    #[arg(
        long,
        global = true,
        default_value = ".",
        value_name = "DIR",
        hide_default_value = true,
        help_heading = "Options of every command"
    )]
    pub root: PathBuf,

    /// Say nothing but errors
    #[arg(long, short, global = true, help_heading = "Options of every command")]
    pub quiet: bool,

    /// When to use colours; `NO_COLOR`, `CLICOLOR` and `CLICOLOR_FORCE` are followed, too
    #[arg(
        long,
        global = true,
        default_value = "auto",
        value_name = "WHEN",
        help_heading = "Options of every command"
    )]
    pub color: ColorChoice,

    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check the content and write the site
    #[command(after_help = "Examples:\n  \
        convene build\n  \
        convene build --at 2027-01-15 --output preview    the site as of a day\n  \
        convene build --strict --format github            in CI, warnings are errors")]
    Build(Build),
    /// Check the content and write nothing
    #[command(after_help = "Examples:\n  \
        convene check\n  \
        convene check --at 2027-01-15    what will be wrong by then\n  \
        convene check --links            are the addresses of others still there?\n  \
        convene check --format json      one object a line, for programs")]
    Check(Check),
    /// Show the site in the browser, and every change at once
    #[command(after_help = "Examples:\n  \
        convene serve --open\n  \
        convene serve --drafts --at 2027-01-15")]
    Serve(Serve),
    /// Make something new
    #[command(after_help = "Examples:\n  \
        convene new catalog learning\n  \
        convene new offering \"Self as Core\" --kind series\n  \
        convene new person \"Dana Reyes\" --email dana@example.org\n  \
        convene new requirement \"One a year\" --choose 1 --of self-as-core")]
    New {
        #[command(subcommand)]
        what: New,
    },
    /// Make offerings of a table or a calendar
    #[command(after_help = "Examples:\n  \
        convene import dates.csv --kind series --dry-run\n  \
        convene import dates.xlsx --sheet Fall --title \"Self as Core\"\n  \
        convene import calendar.ics --into leadership-convening\n  \
        pbpaste | convene import - --into self-as-core --year 2026-27\n\n\
        A table has headings such as Date, Time, Title, Place, or none at all.\n\
        docs/import.md names all headings and ways to write a date.")]
    Import(Import),
    /// Show what a leader would see changed
    #[command(after_help = "Examples:\n  \
        convene diff origin/main                      this project against a revision\n  \
        convene diff HEAD~1 --format markdown         for a comment on a pull request\n  \
        convene diff ../last-week/public --exit-code  against a published site\n\n\
        Exit codes: as of every command; with --exit-code, 4 when anything changed")]
    Diff(Diff),
    /// Write a bulletin in Markdown: what is new, what changed, what closes, what is next
    #[command(after_help = "Examples:\n  \
        convene bulletin --since 2026-11-17\n  \
        convene bulletin --since 2026-11-17 --role principal --output bulletin.md\n  \
        convene bulletin --since 2026-11-17 --old ../last-week/public")]
    Bulletin(Bulletin),
    /// Say what a check means, with a wrong and a right example
    #[command(after_help = "Examples:\n  \
        convene explain weekday-mismatch\n  \
        convene explain                     all checks")]
    Explain {
        /// The name that stands in brackets in a message; all checks if not given
        #[arg(value_name = "CHECK")]
        check: Option<String>,
    },
    /// Print the JSON Schema of a kind of file, for editors
    #[command(after_help = "Examples:\n  \
        convene schema offering\n  \
        convene schema --output schema    all of them, a file each\n  \
        convene schema --decap            a configuration for Decap CMS\n\n\
        `convene new editor` sets up VS Code with these schemas.")]
    Schema(Schema),
    /// Print what makes a shell complete commands and options
    #[command(after_help = "Examples:\n  \
        convene completions bash > ~/.local/share/bash-completion/completions/convene\n  \
        convene completions zsh > ~/.zfunc/_convene\n  \
        convene completions fish > ~/.config/fish/completions/convene.fish")]
    Completions {
        /// The shell
        #[arg(value_name = "SHELL")]
        shell: clap_complete::Shell,
    },
    /// Write the manual pages into a folder
    #[command(after_help = "Examples:\n  \
        convene man ~/.local/share/man/man1 && man convene")]
    Man {
        /// The folder; pages of convene in it are replaced
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

#[derive(Debug, Args)]
pub(super) struct Schema {
    /// The kind of file
    #[arg(
        value_name = "KIND",
        value_parser = PossibleValuesParser::new(FILES.map(|file| file.name())),
        required_unless_present_any = ["output", "decap"]
    )]
    pub kind: Option<String>,

    /// Write the schemas of all kinds into this folder
    #[arg(long, value_name = "DIR", conflicts_with_all = ["kind", "decap"])]
    pub output: Option<PathBuf>,

    /// Print a configuration for Decap CMS, made of the same table
    #[arg(long, conflicts_with = "kind")]
    pub decap: bool,
}

#[derive(Debug, Args)]
pub(super) struct Import {
    /// A CSV, XLSX or .ics file, or a text with a table in it; `-` reads what is piped in
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// The ID of an offering that gets all sessions
    #[arg(long, value_name = "ID", conflicts_with = "title")]
    pub into: Option<String>,

    /// The title of a new offering that gets all sessions
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,

    /// The kind of new offerings
    #[arg(long, value_name = "ID")]
    pub kind: Option<String>,

    /// The IDs of the roles that new offerings are for; all if not given
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub roles: Vec<String>,

    /// The summary of new offerings; without one they are drafts
    #[arg(long, value_name = "TEXT")]
    pub summary: Option<String>,

    /// The program year of dates that are written without a year
    #[arg(long, value_name = "YEAR", value_parser = super::moment::parse_year)]
    pub year: Option<ProgramYear>,

    /// The sheet of a workbook; the first one that is not empty if not given
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,

    /// Show what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Write what was understood even when some rows were not
    #[arg(long)]
    pub partial: bool,

    /// Replace the sessions that an offering has already
    #[arg(long)]
    pub force: bool,
}

/// The moment and the entries that count.
#[derive(Debug, Args)]
pub(super) struct Selection {
    /// Include entries marked `draft`
    #[arg(long)]
    pub drafts: bool,

    /// Include entries whose `publish` is still to come
    #[arg(long)]
    pub future: bool,

    /// Treat warnings as errors
    #[arg(long)]
    pub strict: bool,

    /// As of this moment, in the catalog's time zone: `2027-01-15` (its start),
    /// `2027-01-15 17:00`; or with an offset: `2027-01-15T17:00:00-05:00`. If not given, the
    /// moment of the variable `SOURCE_DATE_EPOCH`, or now
    #[arg(long, value_name = "MOMENT", value_parser = super::moment::parse)]
    pub at: Option<crate::build::Now>,
}

#[derive(Debug, Args)]
pub(super) struct Build {
    #[command(flatten)]
    pub selection: Selection,

    /// Where to write the site; `public` in the project's folder if not given
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,

    /// Note the paths of files that are new, changed or gone in `written.txt` and `removed.txt` of
    /// this folder, for an upload; what stands in them already stays
    #[arg(long, value_name = "DIR")]
    pub list_changed: Option<PathBuf>,

    /// Say how long each step took
    #[arg(long)]
    pub timings: bool,

    /// How to report errors and warnings
    #[arg(long, default_value = "human", value_name = "FORM")]
    pub format: Format,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    pub selection: Selection,

    /// Ask every other site that the content links to whether the address is still there. Answers
    /// are kept in `.convene-links.json` for a day
    #[arg(long)]
    pub links: bool,

    /// How to report errors and warnings
    #[arg(long, default_value = "human", value_name = "FORM")]
    pub format: Format,
}

#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    pub selection: Selection,

    /// The address to listen on; with another one than this machine's own, others can read the site
    #[arg(long, default_value = "127.0.0.1", value_name = "ADDRESS")]
    pub host: IpAddr,

    /// The port; 0 takes a free one. If not given, 8000 or the next that is free
    #[arg(long, short)]
    pub port: Option<u16>,

    /// Open the site in the browser
    #[arg(long)]
    pub open: bool,
}

#[derive(Debug, Args)]
pub(super) struct Diff {
    /// What was before: a folder (a project, its content, or a published site) or, if there is no
    /// such folder, a revision of the project's git repository
    #[arg(value_name = "OLD")]
    pub old: String,

    /// What is now, likewise; the project at `--root` if not given
    #[arg(value_name = "NEW")]
    pub new: Option<String>,

    #[command(flatten)]
    pub selection: Selection,

    /// How to show it
    #[arg(long, default_value = "text", value_name = "FORM")]
    pub format: DiffFormat,

    /// End with the code 4 when anything changed
    #[arg(long)]
    pub exit_code: bool,
}

#[derive(Debug, Args)]
pub(super) struct Bulletin {
    /// The day from which on it tells what changed, in the catalog's time zone: `2026-11-17`
    #[arg(long, value_name = "DATE", value_parser = super::moment::parse)]
    pub since: crate::build::Now,

    /// The catalog as it was, as `convene diff` takes it: a folder or a revision. If not given, the
    /// revision of that day, if the project is in a git repository; else what the content records
    #[arg(long, value_name = "OLD")]
    pub old: Option<String>,

    /// Only what is for this role
    #[arg(long, value_name = "ID")]
    pub role: Option<String>,

    /// How many days to look ahead
    #[arg(long, value_name = "NUMBER", default_value_t = 14, value_parser = clap::value_parser!(u16).range(1..=366))]
    pub days: u16,

    /// Where to write it; to the terminal if not given
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    #[command(flatten)]
    pub selection: Selection,
}

/// A form of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffFormat {
    /// For a terminal
    Text,
    /// For a comment on a pull request, at most 60,000 bytes
    Markdown,
    /// For programs
    Json,
}

#[derive(Debug, Subcommand)]
pub(super) enum New {
    /// A small catalog to start from
    #[command(after_help = "Examples:\n  \
        convene new catalog learning\n  \
        convene new catalog learning --ci github    checked, previewed and published there")]
    Catalog {
        /// The folder to make; it must not exist, or be empty
        #[arg(value_name = "DIR")]
        folder: PathBuf,

        /// Add what checks every change, shows what it means, and publishes, on this host
        #[arg(long, value_name = "HOST")]
        ci: Option<CiHost>,
    },
    /// An offering, as a draft with its fields explained
    #[command(after_help = "Examples:\n  \
        convene new offering \"Self as Core\" --kind series\n  \
        convene new offering \"Winter Institute\" --kind workshop \\\n    \
        --roles principal --year 2027-28 --enroll https://example.org/enroll")]
    Offering(NewOffering),
    /// A facilitator or a contact
    #[command(after_help = "Examples:\n  \
        convene new person \"Dana Reyes\" --title Coach --email dana@example.org")]
    Person(NewPerson),
    /// A venue or an online room
    #[command(after_help = "Examples:\n  \
        convene new place \"Main Hall\" --address \"100 Example Street\"\n  \
        convene new place Zoom --online")]
    Place(NewPlace),
    /// What leaders must complete
    #[command(after_help = "Examples:\n  \
        convene new requirement \"One a year\" --choose 1 \\\n    \
        --of self-as-core,micro-disruptions\n  \
        convene new requirement \"Every convening\" --all leadership-convening")]
    Requirement(NewRequirement),
    /// A plain page
    #[command(after_help = "Examples:\n  convene new page \"Who we are\" --menu")]
    Page(NewPage),
    /// A program year: offerings of the year before without their dates
    #[command(after_help = "Examples:\n  \
        convene new year 2027-28 --dry-run    what would become of what\n  \
        convene new year 2027-28\n\n\
        Each offering of the year before keeps its ID and its address, and waits for\n\
        dates. Last year's stays in the archive under an ID with its year.")]
    Year {
        /// The new year
        #[arg(value_name = "YEAR", value_parser = super::moment::parse_year)]
        year: ProgramYear,

        /// Show what would be done, and do nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Settings by which VS Code completes and checks this catalog
    #[command(after_help = "Examples:\n  \
        convene new editor    again when kinds, people or places were added")]
    Editor,
    /// A theme of your own, over the one that comes with convene
    #[command(after_help = "Examples:\n  convene new theme our-look")]
    Theme {
        /// The name of its folder in `themes/`
        #[arg(value_name = "NAME")]
        name: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct NewOffering {
    /// Its title
    #[arg(value_name = "TITLE")]
    pub title: String,

    /// The ID of its kind; may be left out where the catalog has only one
    #[arg(long, value_name = "ID")]
    pub kind: Option<String>,

    /// The IDs of the roles that it is for, with commas between; all if not given
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub roles: Vec<String>,

    /// One or two sentences for lists and search
    #[arg(long, value_name = "TEXT")]
    pub summary: Option<String>,

    /// The program year, such as `2027-28`; that of the coming weeks if not given
    #[arg(long, value_name = "YEAR", value_parser = super::moment::parse_year)]
    pub year: Option<ProgramYear>,

    /// The address at which one enrolls
    #[arg(long, value_name = "URL")]
    pub enroll: Option<String>,

    /// Its ID; made of the title if not given
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct NewPerson {
    /// The name
    #[arg(value_name = "NAME")]
    pub name: String,

    /// What the person is, such as `Coach`
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,

    /// An e-mail address, which the site shows
    #[arg(long, value_name = "ADDRESS")]
    pub email: Option<String>,

    /// The ID; made of the name if not given
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct NewPlace {
    /// The name
    #[arg(value_name = "NAME")]
    pub name: String,

    /// The address
    #[arg(long, value_name = "TEXT")]
    pub address: Option<String>,

    /// A room that is online, and so never booked twice
    #[arg(long)]
    pub online: bool,

    /// The ID; made of the name if not given
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct NewRequirement {
    /// Its title
    #[arg(value_name = "TITLE")]
    pub title: String,

    /// The IDs of offerings, every one of which is to be completed
    #[arg(long, value_name = "IDS", value_delimiter = ',', conflicts_with_all = ["choose", "of"])]
    pub all: Vec<String>,

    /// How many of the offerings in `--of` are to be completed; 1 if not given
    #[arg(long, value_name = "NUMBER", requires = "of")]
    pub choose: Option<u32>,

    /// The IDs of the offerings to choose from
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub of: Vec<String>,

    /// The IDs of the roles that it binds; those that may attend if not given
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub roles: Vec<String>,

    /// Its ID; made of the title if not given
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct NewPage {
    /// Its title
    #[arg(value_name = "TITLE")]
    pub title: String,

    /// One or two sentences
    #[arg(long, value_name = "TEXT")]
    pub summary: Option<String>,

    /// Put the page into the menu of the site
    #[arg(long)]
    pub menu: bool,

    /// Its ID; made of the title if not given
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
}

/// Where a catalog's repository is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CiHost {
    /// GitHub Actions and Pages
    Github,
    /// GitLab CI/CD and Pages
    Gitlab,
}

/// A form of report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Human,
    /// One JSON object a line
    Json,
    /// Annotations of GitHub Actions
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}
