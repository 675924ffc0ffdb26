//! The loop that staff live in: watch, rebuild in memory, serve on this machine, reload the browser.
