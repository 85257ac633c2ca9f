//! The rooms of `src/` and who may know whom, read from the source's own paths.

use std::path::Path;

use super::support::root;

/// For each room, what it may name of the crate, and which crates are none of its business.
const ROOMS: [(&str, &[&str], bool); 7] = [
    ("policy", &["policy"], true),
    ("model.rs", &["policy"], true),
    ("check", &["policy", "model", "check"], true),
    ("plan", &["policy", "model", "check", "plan"], true),
    ("aws", &["policy", "model", "plan", "error", "aws"], false),
    ("report", &["policy", "model", "check", "plan", "ui", "report"], false),
    ("ui", &["error", "ui"], false),
];

/// What pure code does not import.
const IMPURE: [&str; 7] = ["aws_", "tokio", "clap", "std::env", "std::fs", "std::net", "std::process"];

fn sources(path: &Path, out: &mut Vec<(String, String)>) {
    if path.is_dir() {
        for entry in std::fs::read_dir(path).unwrap() {
            sources(&entry.unwrap().path(), out);
        }
    } else {
        let text = std::fs::read_to_string(path).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap().to_owned();
        out.push((path.display().to_string(), code));
    }
}

#[test]
fn no_arrow_runs_the_wrong_way() {
    let mut seen = 0;
    for (room, may, pure) in ROOMS {
        let mut files = Vec::new();
        sources(&root().join("src").join(room), &mut files);
        for (path, code) in files {
            for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
                for name in line.split("crate::").skip(1) {
                    let name: String = name.chars().take_while(char::is_ascii_lowercase).collect();
                    seen += 1;
                    assert!(may.contains(&name.as_str()), "{path} may not name {name}: {line}");
                }
                if pure {
                    let impure = IMPURE
                        .iter()
                        .find(|name| line.contains(&format!("{name}::")) || line.contains(&format!("use {name}")));
                    assert!(impure.is_none(), "{path} is pure: {line}");
                }
            }
        }
    }
    assert!(seen > 100, "the test reads the sources");
}
