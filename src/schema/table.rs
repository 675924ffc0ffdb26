//! The table: every field of every group, what it may be, what it is for, and an example.

use super::group::{Field, Group, Is, Names};

const fn must(name: &'static str, is: Is, says: &'static str, example: &'static str) -> Field {
    Field { name, required: true, is, says, example }
}

const fn may(name: &'static str, is: Is, says: &'static str, example: &'static str) -> Field {
    Field { name, required: false, is, says, example }
}

/// The names of checks that an entry may keep quiet.
const ALLOW: Field = may(
    "allow",
    Is::List(&Is::Check),
    "Names of checks that are to keep quiet about this entry.",
    "[session-on-weekend]",
);

/// The text of an entry.
const BODY: Field = may(
    "body",
    Is::Markdown,
    "The text of the entry, as Markdown. In a Markdown file it stands below the second line of hyphens instead.",
    "Some words.",
);

/// Roles, or everyone.
const ROLES: Is = Is::Any(&[Is::Word(&["all"]), Is::List(&Is::Id(Names::Roles))]);
/// A place of the catalog, or words.
const VENUE: Is = Is::Any(&[Is::Id(Names::Places), Is::Text]);

/// Every group.
// A table reads best with a field a line.
#[rustfmt::skip]
pub(super) const GROUPS: &[Group] = &[
    Group {
        noun: "the catalog",
        says: "The catalog itself: its name, its words, its calendar.",
        fields: &[
            must("title", Is::Text, "The name of the catalog.", "Leadership Catalog"),
            must("organization", Is::Text, "Who publishes it.", "Example School District"),
            must("url", Is::Url, "Where the site will be. It may have a path.", "https://example.org/learning/"),
            must("timezone", Is::Zone, "The time zone of all times, as a continent and a city.", "America/New_York"),
            may("description", Is::Text, "One or two sentences for the home page and for search engines.", "What leaders attend and may choose this year."),
            may("language", Is::Language, "The language of the content; `en` if not given.", "en"),
            may("theme", Is::Text, "A folder in `themes/`; `district` if not given.", "district"),
            may("year_starts", Is::YearStart, "The month and day on which a program year begins; `07-01` if not given.", "07-01"),
            may("contact", Is::Fields("a contact"), "Whom to ask. It stands at the foot of every page.", "{ name: Office of Learning, email: learning@example.org }"),
            must("kinds", Is::Map("a kind"), "What kinds of offerings there are, each under its ID.", "{ series: { name: Series, plural: Series } }"),
            must("roles", Is::Map("a role"), "Who takes part, each under its ID.", "{ principal: { name: Principal } }"),
            may("networks", Is::Map("a network"), "Groups of schools, each under its ID.", "{ network-1: { name: Network 1 } }"),
            may("topics", Is::Map("a topic"), "What offerings are about, each under its ID.", "{ equity: { name: Equity } }"),
            may("credits", Is::Map("a kind of credit"), "What kinds of credit there are, each under its ID.", "{ act-48: { name: Act 48, unit: hours } }"),
            may("closed", Is::List(&Is::Any(&[Is::Date, Is::Fields("closed days")])), "Days on which nothing may be scheduled.", "[{ date: 2026-11-26, name: Thanksgiving }]"),
            may("notices", Is::List(&Is::Fields("a notice")), "Banners on every page while they are in force.", "[{ text: Offices are closed on Monday, until: 2027-01-18 }]"),
            may("menu", Is::List(&Is::Fields("a link of the menu")), "Links that are added to the menu.", "[{ title: Help, url: /pages/help/ }]"),
            may("html", Is::Word(&["reject", "sanitize"]), "What becomes of HTML in Markdown: `reject` makes it an error, `sanitize` keeps what is safe.", "reject"),
            may("brand", Is::Fields("a brand"), "Logo and colors.", "{ color: \"#12493b\" }"),
            ALLOW,
        ],
    },
    Group {
        noun: "a kind",
        says: "A kind of offering.",
        fields: &[
            must("name", Is::Text, "Its name for one.", "Series"),
            may("plural", Is::Text, "Its name for several.", "Series"),
            may("description", Is::Text, "What it is, in a sentence.", "A course of several sessions with one group."),
        ],
    },
    Group {
        noun: "a role",
        says: "A role of those who take part.",
        fields: &[
            must("name", Is::Text, "Its name for one.", "Principal"),
            may("plural", Is::Text, "Its name for several.", "Principals"),
        ],
    },
    Group {
        noun: "a network",
        says: "A group of schools.",
        fields: &[
            must("name", Is::Text, "Its name.", "Network 1"),
        ],
    },
    Group {
        noun: "a topic",
        says: "What offerings are about.",
        fields: &[
            must("name", Is::Text, "Its name.", "Equity"),
            may("description", Is::Text, "What it is, in a sentence.", "Who gets what, and why."),
        ],
    },
    Group {
        noun: "a kind of credit",
        says: "A kind of credit.",
        fields: &[
            must("name", Is::Text, "Its name.", "Act 48"),
            may("unit", Is::Text, "What is counted; `hours` if not given.", "hours"),
        ],
    },
    Group {
        noun: "closed days",
        says: "A day or several on which nothing may be scheduled.",
        fields: &[
            may("date", Is::Date, "The day.", "2026-11-26"),
            may("from", Is::Date, "The first of several days.", "2026-12-24"),
            may("to", Is::Date, "The last of several days.", "2027-01-01"),
            may("name", Is::Text, "Why.", "Winter recess"),
        ],
    },
    Group {
        noun: "a notice",
        says: "A banner on every page.",
        fields: &[
            must("text", Is::Text, "What it says.", "Offices are closed on Monday."),
            may("from", Is::Moment, "From when it is shown.", "2027-01-11"),
            may("until", Is::Moment, "Until when it is shown.", "2027-01-18"),
            may("level", Is::Word(&["info", "warning"]), "How urgent it is; `info` if not given.", "info"),
        ],
    },
    Group {
        noun: "a link of the menu",
        says: "A link of the menu.",
        fields: &[
            must("title", Is::Text, "What it says.", "Help"),
            must("url", Is::Url, "Where it leads.", "/pages/help/"),
        ],
    },
    Group {
        noun: "a brand",
        says: "The look that is the organization's own.",
        fields: &[
            may("logo", Is::SitePath, "The picture, from `content/files/`.", "/files/logo.svg"),
            may("logo_alt", Is::Text, "What the logo shows, in words; empty when the name stands beside it.", "Example School District"),
            may("color", Is::Color, "The main color, in quotes.", "\"#12493b\""),
            may("accent", Is::Color, "The second color, in quotes.", "\"#b9720f\""),
        ],
    },
    Group {
        noun: "a contact",
        says: "Somebody to ask.",
        fields: &[
            may("name", Is::Text, "Who.", "Office of Learning"),
            may("email", Is::Email, "An address for mail.", "learning@example.org"),
            may("phone", Is::Text, "A number.", "(555) 555-0100"),
            may("url", Is::Url, "A page.", "https://example.org/"),
        ],
    },
    Group {
        noun: "an offering",
        says: "A program that leaders take part in.",
        fields: &[
            must("title", Is::Text, "What it is called.", "Self as Core"),
            must("kind", Is::Id(Names::Kinds), "The ID of its kind, from `kinds` in catalog.yaml.", "series"),
            must("summary", Is::Short(240), "One or two sentences for lists and search, at most 240 characters.", "Six half days on leading for equity."),
            must("roles", ROLES, "For whom: a list of IDs from `roles` in catalog.yaml, or `all`.", "[principal]"),
            may("networks", Is::List(&Is::Id(Names::Networks)), "Only for these groups of schools.", "[network-1]"),
            may("access", Is::Word(&["open", "required", "application", "nomination", "invitation"]), "How one comes in; `open` if not given.", "application"),
            may("unit", Is::Any(&[Is::Word(&["person", "team"]), Is::Fields("a unit")]), "Who enrolls: a `person` or a `team`, perhaps with its size.", "{ team: { min: 3, max: 8 } }"),
            may("private", Is::Bool, "`true` keeps rooms and links of its sessions out of every page, calendar and data file.", "true"),
            may("eligibility", Is::Markdown, "Whom it is intended for, in words.", "Leaders in their first two years."),
            may("hosts", Is::List(&Is::Text), "The departments or teams that lead it.", "[Office of Learning]"),
            may("facilitators", Is::List(&Is::Id(Names::People)), "The IDs of the people who lead it.", "[maya-ortiz]"),
            may("contact", Is::Any(&[Is::Id(Names::People), Is::Fields("a contact")]), "Whom to ask: the ID of a person, or name, email and phone.", "maya-ortiz"),
            may("topics", Is::List(&Is::Id(Names::Topics)), "What it is about: IDs from `topics` in catalog.yaml.", "[equity]"),
            may("outcomes", Is::List(&Is::Text), "What a participant will be able to do.", "[Plan the next lesson from what students can do]"),
            may("credit", Is::List(&Is::Fields("credit")), "Credit for the whole.", "[{ type: act-48, amount: 6 }]"),
            may("attendance", Is::Any(&[Is::Word(&["all", "any"]), Is::Fields("attendance")]), "How many sessions complete it: `all`, `any`, or `at_least: 4`.", "{ at_least: 1 }"),
            may("cost", Is::Text, "What it costs.", "No cost"),
            may("commitment", Is::Text, "How much time it takes.", "six half days and one visit"),
            may("prerequisites", Is::List(&Is::Id(Names::Offerings)), "Offerings to complete before: their IDs.", "[first-steps]"),
            may("materials", Is::List(&Is::Fields("a material")), "What one needs or reads.", "[{ title: Reading list, url: /pages/readings/ }]"),
            may("image", Is::Fields("a picture"), "A picture.", "{ src: /files/team.svg, alt: A team at a table }"),
            may("enroll", Is::Fields("enrollment"), "How one enrolls.", "{ url: https://example.org/enroll, closes: 2026-12-18 }"),
            may("sessions", Is::List(&Is::Fields("a session")), "When and where it is, in order.", "[{ date: 2027-01-14, time: 8:30-11:30 AM }]"),
            may("cohorts", Is::Map("a cohort"), "Groups of which one joins one, each under its ID; instead of `sessions`.", "{ fall: { title: Fall cohort, sessions: [{ date: 2027-01-14 }] } }"),
            may("year", Is::ProgramYear, "The program year; the one of the first session if not given.", "2026-27"),
            may("dates", Is::Text, "What is shown while there are no dates.", "Dates are announced in September."),
            may("cancelled", Is::Any(&[Is::True, Is::Text]), "`true`, or why it does not take place. It stays visible, marked so.", "Too few enrolled."),
            may("continues", Is::Id(Names::Offerings), "The ID of the same offering in the year before.", "first-steps"),
            may("draft", Is::Bool, "`true` leaves it out of the site; `convene serve --drafts` shows it.", "false"),
            may("publish", Is::Moment, "From when it is shown.", "2026-08-17"),
            may("expire", Is::Moment, "Until when it is shown.", "2027-06-30"),
            may("featured", Is::Bool, "`true` puts it first on the home page.", "true"),
            may("aliases", Is::List(&Is::SitePath), "Old addresses that lead here.", "[/self-as-core/]"),
            ALLOW,
            BODY,
        ],
    },
    Group {
        noun: "a unit",
        says: "Who enrolls together.",
        fields: &[
            may("team", Is::Fields("a team"), "A team, with its size.", "{ min: 3, max: 8 }"),
            may("min", Is::Whole, "At least so many; the same as in `team`.", "3"),
            may("max", Is::Whole, "At most so many; the same as in `team`.", "8"),
        ],
    },
    Group {
        noun: "a team",
        says: "The size of a team.",
        fields: &[
            may("min", Is::Whole, "At least so many.", "3"),
            may("max", Is::Whole, "At most so many.", "8"),
        ],
    },
    Group {
        noun: "attendance",
        says: "How many sessions complete an offering.",
        fields: &[
            must("at_least", Is::Whole, "So many.", "4"),
        ],
    },
    Group {
        noun: "a cohort",
        says: "One of several groups.",
        fields: &[
            may("title", Is::Text, "What it is called; made of its ID if not given.", "Fall cohort"),
            may("enroll", Is::Fields("enrollment"), "How one enrolls in this group.", "{ url: https://example.org/enroll, closes: 2026-12-18 }"),
            may("sessions", Is::List(&Is::Fields("a session")), "When and where it is, in order.", "[{ date: 2027-01-14, time: 8:30-11:30 AM }]"),
            may("note", Is::Text, "What else to know.", "For new leaders."),
        ],
    },
    Group {
        noun: "enrollment",
        says: "How one enrolls.",
        fields: &[
            must("url", Is::Url, "Where.", "https://example.org/enroll"),
            may("label", Is::Text, "What the button says; `Enroll` if not given.", "Apply"),
            may("opens", Is::Moment, "From when.", "2026-08-17"),
            may("closes", Is::Moment, "Until when. A day counts to its end.", "2026-12-18 5:00 PM"),
            may("was", Is::Moment, "The earlier `closes`, when the deadline was extended.", "2026-12-04"),
            may("rounds", Is::List(&Is::Fields("a round")), "Several deadlines; instead of `closes`.", "[{ label: First round, closes: 2026-11-13 }]"),
            may("rolling", Is::Bool, "`true`: there is no deadline.", "true"),
            may("capacity", Is::Whole, "How many seats there are.", "30"),
            may("status", Is::Word(&["full", "waitlist", "closed"]), "What staff say; it wins over the dates.", "full"),
            may("waitlist", Is::Url, "Where one asks for a seat that comes free.", "https://example.org/waitlist"),
            may("note", Is::Text, "What else to know.", "Places that are left go to the second round."),
        ],
    },
    Group {
        noun: "a round",
        says: "One of several deadlines.",
        fields: &[
            may("label", Is::Text, "What it is called.", "First round"),
            must("closes", Is::Moment, "The deadline.", "2026-11-13"),
        ],
    },
    Group {
        noun: "a session",
        says: "One step of an offering.",
        fields: &[
            may("id", Is::NewId, "Its identity in calendars, which stays when it moves; its place in the list if not given.", "opening"),
            may("title", Is::Text, "What it is called; `Session 1` and so on if not given.", "Opening"),
            may("date", Is::Date, "The day.", "2027-01-14"),
            may("dates", Is::List(&Is::Date), "Several days with the same hours, one session.", "[2027-01-14, 2027-01-15]"),
            may("meetings", Is::List(&Is::Fields("a meeting")), "Several days with hours of their own, one session.", "[{ date: 2027-01-14, time: 9 AM - noon }]"),
            may("month", Is::Month, "The month, when the day is not known yet.", "2027-05"),
            may("season", Is::Season, "The season, when no more is known yet.", "spring 2027"),
            may("weekday", Is::Weekday, "The day of the week; an error when the date is on another, so that a date of last year is found.", "thursday"),
            may("time", Is::Hours, "From and to; the whole day if not given.", "8:30 AM - 4:00 PM"),
            may("timezone", Is::Zone, "The time zone, when not the catalog's.", "America/Chicago"),
            may("repeat", Is::Fields("a repeat"), "How it repeats, from `date` on.", "{ every: week, count: 4 }"),
            may("alternatives", Is::List(&Is::Fields("a session")), "The same session given more than once: one attends any of them.", "[{ date: 2027-01-14 }, { date: 2027-01-21 }]"),
            may("place", VENUE, "Where: the ID of a place, or words.", "main-hall"),
            may("places", Is::List(&VENUE), "Where, when it is in several places at once.", "[main-hall, Library]"),
            may("online", Is::Any(&[Is::Bool, Is::Url]), "The address of the online room, or `true` when the link is sent later.", "true"),
            may("roles", Is::List(&Is::Id(Names::Roles)), "For these roles alone.", "[principal]"),
            may("facilitators", Is::List(&Is::Id(Names::People)), "Who leads it besides those of the offering.", "[maya-ortiz]"),
            may("required", Is::Bool, "Whether it must be attended, when only some must.", "true"),
            may("status", Is::Word(&["tentative", "postponed", "cancelled"]), "Say so instead of deleting it: calendars tell those who subscribed.", "tentative"),
            may("moved_from", Is::Moment, "The earlier day, shown struck through beside the new one.", "2027-01-07"),
            may("place_was", VENUE, "The earlier place.", "main-hall"),
            may("reason", Is::Text, "Why it moved, was postponed or cancelled.", "The hall is being painted."),
            may("backup", Is::Any(&[Is::Date, Is::Fields("a backup")]), "A day for snow or rain.", "{ date: 2027-01-21, time: 8:30-11:30 AM }"),
            may("credit", Is::List(&Is::Fields("credit")), "Credit for this session.", "[{ type: act-48, amount: 6 }]"),
            may("enroll", Is::Fields("enrollment"), "How one enrolls, when each session has its own.", "{ url: https://example.org/enroll, closes: 2026-12-18 }"),
            may("materials", Is::List(&Is::Fields("a material")), "What one needs or reads.", "[{ title: Reading list }]"),
            may("recording", Is::Url, "The address of a recording.", "https://example.org/recording"),
            may("note", Is::Text, "What else to know.", "Bring a pen."),
            may("tba", Is::Text, "What to say while the date is not set; instead of a date.", "The date follows in January."),
        ],
    },
    Group {
        noun: "a meeting",
        says: "One day of a session.",
        fields: &[
            must("date", Is::Date, "The day.", "2027-01-14"),
            may("time", Is::Hours, "From and to.", "9:00-11:00 AM"),
            may("place", VENUE, "Where.", "main-hall"),
        ],
    },
    Group {
        noun: "a backup",
        says: "A day for snow or rain.",
        fields: &[
            must("date", Is::Date, "The day.", "2027-01-21"),
            may("time", Is::Hours, "From and to.", "8:30-11:30 AM"),
        ],
    },
    Group {
        noun: "a repeat",
        says: "How a session repeats.",
        fields: &[
            must("every", Is::Every, "How often: `day`, `week`, `2 weeks`, `month`.", "week"),
            may("on", Is::Any(&[Is::On, Is::List(&Is::Weekday)]), "On which day: `thursday`, `third thursday`, `last friday`, `15`, or several weekdays.", "thursday"),
            may("until", Is::Date, "The last day.", "2027-05-31"),
            may("count", Is::Whole, "How many there are; instead of `until`.", "6"),
            may("except", Is::List(&Is::Date), "Days that are left out.", "[2027-03-18]"),
            may("skip_closed", Is::Bool, "`true` leaves out the closed days of the catalog.", "true"),
        ],
    },
    Group {
        noun: "credit",
        says: "Credit of one kind.",
        fields: &[
            must("type", Is::Id(Names::Credits), "The ID of its kind, from `credits` in catalog.yaml.", "act-48"),
            must("amount", Is::Amount, "How much.", "6.5"),
            may("pending", Is::Bool, "`true` while it is not approved yet.", "true"),
        ],
    },
    Group {
        noun: "a material",
        says: "What one needs or reads.",
        fields: &[
            must("title", Is::Text, "What it is.", "Reading list"),
            may("url", Is::Url, "Where it is.", "/pages/readings/"),
        ],
    },
    Group {
        noun: "a picture",
        says: "A picture, with words for those who do not see it.",
        fields: &[
            must("src", Is::Text, "Its file: beside the entry, or a path of this site.", "/files/team.svg"),
            must("alt", Is::Text, "What it shows; `\"\"` when it is decoration.", "A team at a table"),
        ],
    },
    Group {
        noun: "a requirement",
        says: "What leaders must complete.",
        fields: &[
            must("title", Is::Text, "What it is called.", "One opportunity each year"),
            must("roles", ROLES, "Whom it binds: a list of IDs from `roles` in catalog.yaml, or `all`.", "[principal]"),
            may("per", Is::Word(&["year", "once"]), "How often; `year` if not given.", "year"),
            may("all", Is::List(&Is::Id(Names::Offerings)), "Every one of these offerings.", "[first-steps]"),
            may("choose", Is::Whole, "So many of the offerings in `of`.", "1"),
            may("of", Is::List(&Is::Id(Names::Offerings)), "The offerings to choose from.", "[first-steps]"),
            may("credit", Is::Fields("credit"), "Or so much credit.", "{ type: act-48, amount: 20 }"),
            ALLOW,
            BODY,
        ],
    },
    Group {
        noun: "a person",
        says: "A facilitator or a contact.",
        fields: &[
            must("name", Is::Text, "The name.", "Dana Reyes"),
            may("title", Is::Text, "What the person is.", "Coach"),
            may("organization", Is::Text, "Where the person works.", "Office of Learning"),
            may("email", Is::Email, "An address for mail, which the site shows.", "dana@example.org"),
            may("phone", Is::Text, "A number, which the site shows.", "(555) 555-0100"),
            may("photo", Is::Fields("a picture"), "A picture.", "{ src: /files/team.svg, alt: Dana Reyes }"),
            ALLOW,
            BODY,
        ],
    },
    Group {
        noun: "a place",
        says: "A venue or an online room.",
        fields: &[
            must("name", Is::Text, "The name.", "Main Hall"),
            may("address", Is::Text, "Where it is.", "100 Example Street, Springfield"),
            may("room", Is::Text, "The room in it.", "Room 2"),
            may("url", Is::Url, "A map, or the venue's own page.", "https://maps.example.org/"),
            may("online", Is::Bool, "`true` for an online room, which is never booked twice.", "true"),
            may("capacity", Is::Whole, "How many people it holds.", "60"),
            may("accessibility", Is::Markdown, "How one gets in and takes part: entrance, lift, parking, transit, assistive listening.", "Step-free entrance on Example Street."),
            ALLOW,
            BODY,
        ],
    },
    Group {
        noun: "a page",
        says: "A plain page.",
        fields: &[
            must("title", Is::Text, "Its title.", "Help"),
            may("summary", Is::Text, "One or two sentences for lists and search.", "How to enroll, and whom to ask."),
            may("menu", Is::Bool, "`true` puts it into the menu.", "true"),
            ALLOW,
            BODY,
        ],
    },
];
