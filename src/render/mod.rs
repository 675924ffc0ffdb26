//! A task to bytes: Markdown, pages, calendars, feeds, data. Pure: the task is all it sees.
