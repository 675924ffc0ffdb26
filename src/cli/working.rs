//! What takes so long: a line at a person's terminal, gone with the next word that is said.

use std::io::{self, Write as _};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Nothing is shown before this: most work is done by then.
const PATIENCE: Duration = Duration::from_millis(700);
/// How often the seconds are counted on.
const STEP: Duration = Duration::from_millis(200);

/// The line, while there is one.
#[derive(Default)]
pub(super) struct Working {
    shown: Mutex<Option<(Sender<()>, JoinHandle<()>)>>,
}

impl Working {
    /// From now on, says these words after a while. Only for a terminal that a person looks at.
    pub(super) fn begin(&self, words: &'static str) {
        self.end();
        let (stop, stopped) = mpsc::channel::<()>();
        let thread = thread::spawn(move || {
            let begun = Instant::now();
            let mut wait = PATIENCE;
            let mut shown = false;
            // The other end hangs up, or says something.
            while stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                let seconds = begun.elapsed().as_secs();
                let _ = write!(io::stderr(), "\r\u{1b}[K{words} … {seconds} s");
                let _ = io::stderr().flush();
                (shown, wait) = (true, STEP);
            }
            if shown {
                let _ = write!(io::stderr(), "\r\u{1b}[K");
                let _ = io::stderr().flush();
            }
        });
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Some((stop, thread));
    }

    /// Takes the line away. Something else may be said now.
    pub(super) fn end(&self) {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some((stop, thread)) = shown {
            drop(stop);
            let _ = thread.join();
        }
    }
}
