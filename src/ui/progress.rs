//! Progress: a spinner on a terminal, plain lines with a heartbeat elsewhere, nothing with `-q`.

use std::cell::Cell;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::{Terminal, harmless};

/// How often a waiting step says so where nothing moves.
const HEARTBEAT: Duration = Duration::from_secs(10);
/// Shorter work shows no spinner.
const PATIENCE: Duration = Duration::from_millis(250);

/// One piece of work after another.
pub struct Progress {
    terminal: Terminal,
    bar: ProgressBar,
    next_beat: Cell<Duration>,
}

impl Progress {
    #[must_use]
    pub fn new(terminal: Terminal) -> Self {
        Self { terminal, bar: ProgressBar::hidden(), next_beat: Cell::new(HEARTBEAT) }
    }

    /// Reading takes a moment: a spinner while it does, and no trace of it afterwards.
    #[must_use]
    pub fn reading(terminal: Terminal, what: &str) -> Self {
        let mut progress = Self::new(terminal);
        if terminal.animated {
            progress.bar = spinner(what);
        }
        progress
    }

    /// A step begins.
    pub fn started(&mut self, what: &str) {
        self.next_beat.set(HEARTBEAT);
        if self.terminal.animated {
            self.bar.finish_and_clear();
            self.bar = spinner(what);
        } else {
            self.terminal.note(&format!("{}…", harmless(what)));
        }
    }

    /// A step waits for something.
    pub fn waiting(&self, what: &str, elapsed: Duration) {
        let line = format!("waiting for {} [{}s elapsed]", harmless(what), elapsed.as_secs());
        if self.terminal.animated {
            self.bar.set_message(line);
        } else if elapsed >= self.next_beat.get() {
            self.next_beat.set(elapsed + HEARTBEAT);
            self.terminal.note(&format!("still {line}"));
        }
    }

    /// A step is done.
    pub fn done(&self, what: &str) {
        if self.terminal.animated {
            self.bar.finish_and_clear();
        }
        let style = anstyle::AnsiColor::Green.on_default();
        self.terminal.note(&format!("{style}done{style:#}: {}", harmless(what)));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

fn spinner(what: &str) -> ProgressBar {
    let bar = ProgressBar::new_spinner().with_message(harmless(what).into_owned());
    let style = ProgressStyle::with_template("{spinner} {wide_msg}").expect("a valid template");
    bar.set_style(style);
    bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
    bar.enable_steady_tick(PATIENCE / 2);
    bar
}
