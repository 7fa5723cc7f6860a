//! Every dependency is under a permissive licence. What is used to build or test but never shipped may be named below.

use std::fs;

use anyhow::{Context, Result};
use cargo_metadata::{Metadata, MetadataCommand};
use serde_json::Value;

use crate::Report;
use crate::spdx::permits;
use crate::tree::root;

const ALLOWED: [&str; 15] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BlueOak-1.0.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Tools of the browser side under the Mozilla licence: they run while building or testing and none of their code is shipped.
const TOOLS: [(&str, &str); 2] = [("lightningcss", "MPL-2.0"), ("axe-core", "MPL-2.0")];

pub(crate) fn check() -> Result<Report> {
    // Every platform, so that a build for another one holds no surprise.
    let metadata = MetadataCommand::new().manifest_path(root().join("Cargo.toml")).exec()?;
    let lock = fs::read_to_string(root().join("web/package-lock.json")).context("cannot read web/package-lock.json")?;
    let lock: Value = serde_json::from_str(&lock).context("web/package-lock.json is not JSON")?;
    let (crates, mut faults) = of_crates(&metadata);
    let (packages, more) = of_packages(&lock);
    faults.extend(more);
    Ok(Report { looked_at: format!("{crates} crates and {packages} npm packages"), faults })
}

fn of_crates(metadata: &Metadata) -> (usize, Vec<String>) {
    let outside: Vec<_> = metadata.packages.iter().filter(|package| package.source.is_some()).collect();
    let faults = outside
        .iter()
        .filter(|package| !permits(package.license.as_deref().unwrap_or_default(), &ALLOWED))
        .map(|package| fault(&package.name, &package.version.to_string(), package.license.as_deref()))
        .collect();
    (outside.len(), faults)
}

fn of_packages(lock: &Value) -> (usize, Vec<String>) {
    let Some(packages) = lock["packages"].as_object() else {
        return (0, vec!["web/package-lock.json lists no packages: run npm install in web".to_owned()]);
    };
    let outside: Vec<_> = packages.iter().filter(|(path, _)| !path.is_empty()).collect();
    let faults = outside
        .iter()
        .filter_map(|(path, package)| {
            let name = path.rsplit_once("node_modules/").map_or(path.as_str(), |(_, name)| name);
            let licence = package["license"].as_str();
            let shipped = !package["dev"].as_bool().unwrap_or(false);
            let met = permits(licence.unwrap_or_default(), &ALLOWED) || (!shipped && is_tool(name, licence));
            (!met).then(|| fault(name, package["version"].as_str().unwrap_or("?"), licence))
        })
        .collect();
    (outside.len(), faults)
}

/// A tool, or one of its builds for a platform (`lightningcss-linux-x64-gnu`).
fn is_tool(name: &str, licence: Option<&str>) -> bool {
    TOOLS.iter().any(|(tool, its_licence)| {
        let rest = name.strip_prefix(tool);
        licence == Some(*its_licence) && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    })
}

fn fault(name: &str, version: &str, licence: Option<&str>) -> String {
    format!("{name} {version} is under {}, which is not among the permissive licences", licence.unwrap_or("no licence"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check_packages(packages: &Value, expected: &[&str]) {
        let (_, faults) = of_packages(&json!({ "packages": packages }));
        assert_eq!(faults.len(), expected.len(), "{faults:?}");
        for (fault, start) in faults.iter().zip(expected) {
            assert!(fault.starts_with(start), "{fault} does not start with {start}");
        }
    }

    #[test]
    fn names_the_package_under_a_strict_licence() {
        let strict = json!({
            "": { "name": "web" },
            "node_modules/good": { "version": "1.0.0", "license": "MIT" },
            "node_modules/bad": { "version": "2.0.0", "license": "GPL-3.0", "dev": true },
            "node_modules/good/node_modules/silent": { "version": "3.0.0" },
        });
        check_packages(&strict, &["bad 2.0.0 is under GPL-3.0", "silent 3.0.0 is under no licence"]);
    }

    #[test]
    fn a_tool_is_let_in_only_while_it_is_not_shipped() {
        let tool = |dev: bool| json!({ "node_modules/lightningcss-linux-x64-gnu": { "version": "1.0.0", "license": "MPL-2.0", "dev": dev } });
        check_packages(&tool(true), &[]);
        check_packages(&tool(false), &["lightningcss-linux-x64-gnu 1.0.0 is under MPL-2.0"]);
        let other = json!({ "node_modules/lightningcssy": { "version": "1.0.0", "license": "MPL-2.0", "dev": true } });
        check_packages(&other, &["lightningcssy"]);
    }
}
