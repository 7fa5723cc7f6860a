//! Finds the built browser side and tells the program the names of its files, which hold a hash of their content.

use std::path::Path;
use std::process::ExitCode;

use serde_json::Value;

const MANIFEST: &str = "../../web/dist/.vite/manifest.json";
const HOW: &str =
    "the browser side is not built: run `npm ci && npm run build` in web/ (or `make web`), then build again";

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed={MANIFEST}");
    let Some([style, script, icon]) = names() else {
        println!("cargo::error={HOW}");
        return ExitCode::FAILURE;
    };
    println!("cargo::rustc-env=CONVEX_STYLE=/assets/{style}");
    println!("cargo::rustc-env=CONVEX_SCRIPT=/assets/{script}");
    println!("cargo::rustc-env=CONVEX_ICON=/assets/{icon}");
    ExitCode::SUCCESS
}

/// Style, script and icon, if all three are named and there.
fn names() -> Option<[String; 3]> {
    let manifest: Value = serde_json::from_str(&std::fs::read_to_string(MANIFEST).ok()?).ok()?;
    let script = &manifest["src/main.ts"];
    let found = [&script["css"][0], &script["file"], &manifest["src/icon.svg"]["file"]];
    let [style, script, icon] = found.map(|name| name.as_str().map(str::to_owned));
    let names = [style?, script?, icon?];
    names.iter().all(|name| Path::new("../../web/dist").join(name).is_file()).then_some(names)
}
