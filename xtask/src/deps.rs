//! Which crate may depend on which: the mathematics sees no database, the database no network, and only the program HTTP.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use anyhow::{Context, Result};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};

use crate::Report;
use crate::tree::root;

/// What one crate of the workspace may see. Dev dependencies are free.
struct Rule {
    krate: &'static str,
    /// Crates of the workspace it may name.
    siblings: &'static [&'static str],
    /// Other crates it may name; empty means any.
    only: &'static [&'static str],
    /// Crates it must not reach, by however many steps.
    never: &'static [&'static str],
}

const RULES: [Rule; 6] = [
    Rule {
        krate: "convex-stats",
        siblings: &[],
        only: &["nalgebra", "pulp", "rand", "rand_chacha", "rand_xoshiro", "rayon", "realfft", "statrs"],
        never: &["serde", "tokio", "sqlx", "axum", "reqwest", "jiff", "clap", "askama"],
    },
    Rule {
        krate: "convex-core",
        siblings: &["convex-stats"],
        only: &[],
        never: &["tokio", "sqlx", "axum", "reqwest", "hyper", "clap", "askama"],
    },
    Rule {
        krate: "convex-store",
        siblings: &["convex-core"],
        only: &[],
        never: &["convex-sources", "reqwest", "axum", "hyper", "clap", "askama"],
    },
    Rule {
        krate: "convex-sources",
        siblings: &["convex-core"],
        only: &[],
        never: &["convex-store", "sqlx", "axum", "clap", "askama"],
    },
    Rule {
        krate: "convex",
        siblings: &["convex-core", "convex-sources", "convex-stats", "convex-store"],
        only: &[],
        never: &["xtask"],
    },
    Rule { krate: "xtask", siblings: &[], only: &[], never: &["axum", "sqlx", "tokio"] },
];

/// Names of the crates each crate depends on, by its normal and build dependencies.
type Graph = BTreeMap<String, BTreeSet<String>>;

pub(crate) fn check() -> Result<Report> {
    let metadata = metadata()?;
    let members: Vec<String> = metadata.workspace_packages().iter().map(|package| package.name.to_string()).collect();
    let faults = violations(&graph(&metadata)?, &members);
    Ok(Report { looked_at: format!("dependencies of {} crates", members.len()), faults })
}

/// The tree for this machine: other platforms' crates need not have been downloaded.
fn metadata() -> Result<Metadata> {
    let rustc = Command::new("rustc").arg("-vV").output().context("cannot run rustc")?;
    let told = String::from_utf8(rustc.stdout).context("rustc -vV is not text")?;
    let host = told.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc -vV names no host")?;
    MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .other_options(["--filter-platform".to_owned(), host.to_owned()])
        .exec()
        .context("cargo metadata failed")
}

fn graph(metadata: &Metadata) -> Result<Graph> {
    let resolve = metadata.resolve.as_ref().context("cargo metadata resolved nothing")?;
    let mut graph = Graph::new();
    for node in &resolve.nodes {
        let shipped =
            node.deps.iter().filter(|dep| dep.dep_kinds.iter().any(|how| how.kind != DependencyKind::Development));
        graph
            .entry(metadata[&node.id].name.to_string())
            .or_default()
            .extend(shipped.map(|dep| metadata[&dep.pkg].name.to_string()));
    }
    Ok(graph)
}

fn violations(graph: &Graph, members: &[String]) -> Vec<String> {
    let mut faults = Vec::new();
    for member in members {
        let Some(rule) = RULES.iter().find(|rule| rule.krate == member) else {
            faults.push(format!("{member} has no rule: add one to xtask/src/deps.rs"));
            continue;
        };
        for named in graph.get(member).into_iter().flatten() {
            let (is_member, name) = (members.contains(named), named.as_str());
            if is_member && !rule.siblings.contains(&name) {
                faults.push(format!("{member} must not depend on {name}"));
            } else if !is_member && !rule.only.is_empty() && !rule.only.contains(&name) {
                faults.push(format!("{member} may depend only on {}, not on {name}", rule.only.join(", ")));
            }
        }
        for name in rule.never {
            if let Some(way) = way(graph, member, name) {
                faults.push(format!("{member} must not reach {name}: {}", way.join(" -> ")));
            }
        }
    }
    faults
}

/// The shortest way from one crate to another, both named.
fn way(graph: &Graph, from: &str, to: &str) -> Option<Vec<String>> {
    let mut seen = BTreeSet::from([from.to_owned()]);
    let mut ways = std::collections::VecDeque::from([vec![from.to_owned()]]);
    while let Some(way) = ways.pop_front() {
        let end = way.last()?;
        if end == to {
            return Some(way);
        }
        for next in graph.get(end).into_iter().flatten() {
            if seen.insert(next.clone()) {
                ways.push_back(way.iter().chain([next]).cloned().collect());
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_graph(edges: &[(&str, &str)], members: &[&str], expected: &[&str]) {
        let mut graph = Graph::new();
        for (from, to) in edges {
            graph.entry((*from).to_owned()).or_default().insert((*to).to_owned());
        }
        let members: Vec<String> = members.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(violations(&graph, &members), expected);
    }

    #[test]
    fn a_sibling_out_of_order_is_named() {
        check_graph(
            &[("convex-stats", "convex-core"), ("convex-store", "convex-core")],
            &["convex-stats", "convex-core", "convex-store"],
            &["convex-stats must not depend on convex-core"],
        );
    }

    #[test]
    fn a_forbidden_crate_is_found_behind_others() {
        check_graph(
            &[("convex-core", "toml"), ("toml", "helper"), ("helper", "tokio"), ("convex", "axum"), ("axum", "tokio")],
            &["convex-core", "convex"],
            &["convex-core must not reach tokio: convex-core -> toml -> helper -> tokio"],
        );
    }

    #[test]
    fn the_statistics_name_few_crates_and_a_new_member_needs_a_rule() {
        let allowed = RULES[0].only.join(", ");
        check_graph(
            &[("convex-stats", "rand"), ("convex-stats", "ndarray")],
            &["convex-stats", "convex-new"],
            &[
                &format!("convex-stats may depend only on {allowed}, not on ndarray"),
                "convex-new has no rule: add one to xtask/src/deps.rs",
            ],
        );
    }

    #[test]
    fn the_workspace_keeps_the_rules() {
        let report = check().unwrap();
        assert!(report.faults.is_empty(), "{}", report.faults.join("\n"));
    }

    #[test]
    fn the_graph_of_the_workspace_is_the_real_one() {
        let graph = graph(&metadata().unwrap()).unwrap();
        assert!(graph["convex"].contains("axum") && graph["convex-core"].contains("convex-stats"));
        assert!(!graph["convex-core"].contains("proptest"), "dev dependencies are no part of it");
        assert!(way(&graph, "convex", "hyper").is_some());
    }
}
