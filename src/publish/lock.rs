//! Two runs never write to one folder at a time.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::error::{Doing, PublishError, at};

/// How long a run waits for another one.
const PATIENCE: Duration = Duration::from_mins(2);

/// Keeps other runs out; it ends with the process, however that ends.
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Waits until no other run holds the file at `path`.
    pub(super) fn take(path: &Path, output: &Path) -> Result<Self, PublishError> {
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)
            .map_err(at(Doing::Lock, path))?;
        let begun = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => break,
                // Some network file systems have no locks; there is nothing to wait for.
                Err(TryLockError::Error(error))
                    if error.kind() == std::io::ErrorKind::Unsupported =>
                {
                    break;
                }
                Err(TryLockError::Error(error)) => return Err(at(Doing::Lock, path)(error)),
                Err(TryLockError::WouldBlock) if begun.elapsed() > PATIENCE => {
                    return Err(PublishError::Busy { path: output.to_path_buf() });
                }
                Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(20)),
            }
        }
        Ok(Self { _file: file })
    }
}
