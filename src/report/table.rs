//! Tables that `awk` can read: upper-case headers, two spaces between columns, nothing drawn.

use crate::check::Findings;
use crate::model::{Fact, Facts};
use crate::ui::harmless;

/// One row a selector, as eksctl has them.
#[must_use]
pub fn inspect(facts: &Facts, findings: &Findings) -> String {
    let header = ["NAME", "STATUS", "ROLE_HEALTH", "SELECTOR_NAMESPACE", "SELECTOR_LABELS", "POD_EXECUTION_ROLE_ARN"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    for (name, profile) in &facts.profiles {
        let Fact::Known(profile) = profile else {
            rows.push(vec![name.clone(), "<not read>".into(), "unknown".into(), none(), none(), none()]);
            continue;
        };
        let health = super::documents::health_of(facts, profile, findings).name();
        for selector in &profile.selectors {
            let labels: Vec<_> = selector.labels.iter().map(|(key, value)| format!("{key}={value}")).collect();
            rows.push(vec![
                name.clone(),
                profile.status.clone(),
                health.to_owned(),
                selector.namespace.clone(),
                if labels.is_empty() { none() } else { labels.join(",") },
                profile.pod_execution_role_arn.clone(),
            ]);
        }
    }
    columns(&rows)
}

fn none() -> String {
    "<none>".to_owned()
}

fn columns(rows: &[Vec<String>]) -> String {
    let rows: Vec<Vec<_>> = rows.iter().map(|row| row.iter().map(|cell| harmless(cell)).collect()).collect();
    let width =
        |column: usize| rows.iter().map(|row: &Vec<_>| textwrap::core::display_width(&row[column])).max().unwrap_or(0);
    let widths: Vec<usize> = (0..rows[0].len()).map(width).collect();
    let mut text = String::new();
    for row in &rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width - textwrap::core::display_width(cell) + 2));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
