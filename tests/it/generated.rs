//! Committed files that the code generates: `UPDATE=1 cargo test` writes them anew.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use eks_fargate_role::check::rules;

use super::support::*;

#[test]
fn completions_are_up_to_date() {
    let shells = [
        ("bash", "eks-fargate-role.bash"),
        ("zsh", "_eks-fargate-role"),
        ("fish", "eks-fargate-role.fish"),
        ("powershell", "_eks-fargate-role.ps1"),
        ("elvish", "eks-fargate-role.elv"),
    ];
    for (shell, file) in shells {
        let script = run_offline(&format!("completions {shell}"), "").exits(0).stdout;
        assert!(script.contains("create-profile"));
        assert_committed(&root().join("completions").join(file), &script);
    }
}

#[test]
fn the_page_of_checks_is_up_to_date() {
    let mut page =
        "# Checks\n\nGenerated from the code. `eks-fargate-role explain ID` prints one of them.\n".to_owned();
    for check in rules::ALL {
        let sources: String = check.sources.iter().map(|source| format!("- {source}\n")).collect();
        let _ = write!(
            page,
            "\n## {}\n\n**{}**: {}.\n\n{}\n\nFix: {}\n\nSources:\n\n{sources}",
            check.id,
            check.severity.name(),
            check.summary,
            check.why,
            check.fix
        );
    }
    assert_committed(&root().join("docs/checks.md"), &page);
}

#[test]
fn every_file_is_a_check_and_every_check_a_file() {
    let files: BTreeSet<String> = std::fs::read_dir(root().join("src/check/rules"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "mod.rs")
        .map(|name| name.trim_end_matches(".rs").replace('_', "-"))
        .collect();
    let ids: BTreeSet<String> = rules::ALL.iter().map(|check| check.id.to_owned()).collect();
    assert_eq!(files, ids);
    for check in rules::ALL {
        assert!(!check.why.is_empty() && !check.fix.is_empty() && !check.sources.is_empty(), "{}", check.id);
        run_offline(&format!("explain {}", check.id), "").exits(0);
    }
}
