//! Makes the trading calendars of `catalog/calendars` again, with Python's packages in the versions pinned beside the script.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

use crate::tree::root;

/// Runs `calendars/make.py` in an environment of its own below the target folder.
pub(crate) fn make(check: bool) -> Result<ExitCode> {
    let folder = root().join("calendars");
    let environment = target().join("calendars-venv");
    let python = environment.join("bin/python");
    if !python.exists() {
        run("python3", [OsStr::new("-m"), OsStr::new("venv"), environment.as_os_str()])?;
    }
    let requirements = folder.join("requirements.txt");
    let quietly = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"].map(OsStr::new);
    run(&python, quietly.into_iter().chain([requirements.as_os_str()]))?;
    let script = folder.join("make.py");
    let options = check.then_some(OsStr::new("--check"));
    run(&python, [script.as_os_str()].into_iter().chain(options))?;
    Ok(ExitCode::SUCCESS)
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

fn run<'a>(program: impl AsRef<Path>, arguments: impl IntoIterator<Item = &'a OsStr>) -> Result<()> {
    let program = program.as_ref();
    let status = Command::new(program)
        .args(arguments)
        .status()
        .with_context(|| format!("cannot start {}: Python 3.11 or later is needed", program.display()))?;
    if !status.success() {
        bail!("{} ended with {status}", program.display());
    }
    Ok(())
}
