//! Every example of the README is run, in order, in one account of the emulator, and prints what stands there.
//! `UPDATE=1 cargo test` writes the outputs anew.

use std::process::Command;

use eks_fargate_role_sandbox::{Sandbox, World};

use super::support::*;

#[test]
fn every_example_prints_what_the_readme_shows() {
    let path = root().join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let sandbox = Sandbox::start(World::demo());
    let (mut shown, mut in_example, mut examples) = (String::new(), false, 0);
    for line in readme.lines() {
        if line.starts_with("```") {
            in_example = line == "```console";
        }
        if !in_example || line.starts_with("```") {
            shown.push_str(line);
            shown.push('\n');
        } else if let Some(command) = line.strip_prefix("$ ") {
            examples += 1;
            shown.push_str(line);
            shown.push('\n');
            shown.push_str(&output(&sandbox, command));
        }
    }
    assert!(examples >= 10, "only {examples} examples");
    assert_committed(&path, &shown);
}

fn output(sandbox: &Sandbox, line: &str) -> String {
    let programs = std::path::Path::new(program()).parent().unwrap();
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
    let output = Command::new("sh")
        .args(["-c", &format!("exec 2>&1; {line}")])
        .env_clear()
        .envs(sandbox.env())
        .env("PATH", path)
        .current_dir(root())
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn continuous_integration_runs_the_readmes_own_command() {
    let ci = std::fs::read_to_string(root().join(".ci/run")).unwrap();
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    for text in [ci, readme] {
        assert!(text.lines().any(|line| line.trim() == "cargo test --workspace"), "{text}");
    }
}
