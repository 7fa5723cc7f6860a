//! `convex digest`: the daily digest, printed, written to a folder or sent.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use convex_core::Day;

use super::open::Opened;
use super::{Format, Global, Outcome};
use crate::clock::Clock;
use crate::desk::Desk;
use crate::mail::{Delivery, Mailer, normalised, queue_digest};
use crate::web::digest::{About, keep, kept_or_made, letter, picture};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  convex digest                          today’s, as text
  convex digest --date 2020-03-18        what it would have said then
  convex digest --out mail/              as text, HTML, picture and JSON
  convex digest --send                   to every reader who has not had it
  convex digest --bounced a@example.org  nothing goes to that address any more")]
pub(super) struct Args {
    /// The day [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<Day>,
    /// Keep it, and send it to every reader who wants it and has not had it
    #[arg(long, conflicts_with = "out")]
    send: bool,
    /// Write it into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Send nothing to this address any more: it bounced, or its owner complained
    #[arg(long, value_name = "ADDRESS", conflicts_with_all = ["send", "out", "date"])]
    bounced: Option<String>,
    /// `table` is the text of the mail [default: table on a terminal, json into a pipe]
    #[arg(long)]
    format: Option<Format>,
}

pub(super) async fn run(global: &Global, args: Args) -> anyhow::Result<Outcome> {
    let opened = Opened::new(global)?;
    let store = opened.store().await?;
    let origin = opened.public_url();
    let mailer = Mailer::open(&opened.config.mail, &store, &origin).await?.map(Arc::new);
    let clock = Clock::System;
    let desk = Arc::new(Desk::new(opened.catalog, store, None, clock).with_mailer(mailer.clone()));
    if let Some(address) = &args.bounced {
        return bounced(&desk, address).await;
    }
    let day = args.date.unwrap_or_else(|| desk.today());
    if day > desk.today() {
        bail!("{day} has not come: the digest of a day is made on it");
    }
    let (_, series) = desk.summaries().await?;
    if series.is_empty() {
        eprintln!("the database is empty: convex import PATH reads CSV files with the columns date and close");
        return Ok(Outcome::NothingComputed);
    }
    if args.send {
        return send(&desk, day).await;
    }
    let content = kept_or_made(&desk, day).await?;
    let about = About {
        to: "reader@example.org",
        plain: false,
        origin: &origin,
        manage: "",
        unsubscribe: "",
        imprint: "",
        key: "preview",
    };
    match &args.out {
        Some(folder) => {
            let png = match &content.picture {
                Some(pair) => picture(&desk, pair, Some(day)).await,
                None => None,
            };
            let letter = letter(&content, None, png.as_deref(), &about);
            std::fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
            let name = format!("digest-{day}");
            // A browser shows the picture from beside the file; a mail program from inside the letter.
            let html = letter.html.unwrap_or_default().replace("cid:chart", &format!("{name}.png"));
            write(folder, &format!("{name}.txt"), letter.text.as_bytes())?;
            write(folder, &format!("{name}.html"), html.as_bytes())?;
            write(folder, &format!("{name}.json"), &serde_json::to_vec_pretty(&content)?)?;
            if let Some(png) = png {
                write(folder, &format!("{name}.png"), &png)?;
            }
        }
        None => match Format::or_default(args.format) {
            Format::Table => print!("Subject: {}\n\n{}", content.subject, letter(&content, None, None, &about).text),
            Format::Json => println!("{}", serde_json::to_string_pretty(&content)?),
        },
    }
    Ok(Outcome::Done)
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
    let path = folder.join(name);
    std::fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    println!("{}", path.display());
    Ok(())
}

async fn send(desk: &Arc<Desk>, day: Day) -> anyhow::Result<Outcome> {
    let Some(mailer) = desk.mailer().cloned() else {
        bail!("mail is not set up: give [mail] from, and smtp_url or test_folder, in convex.toml");
    };
    keep(desk, day).await?;
    let readers = desk.readers().confirmed_subscribers().await?;
    let new = queue_digest(desk, day, &readers, desk.now()).await?;
    eprintln!("{new} of {} readers had not been sent the digest of {day}", readers.len());
    let holder = format!("process {}", std::process::id());
    let delivery = Delivery { desk: Arc::clone(desk), mailer, holder, clock: Clock::System };
    let mut done = delivery.run().await?;
    // A process that died left letters behind; they are free once its claim runs out.
    let mut waits = delivery.mailer.lease.as_secs() + 1;
    while desk.readers().outbox().await?.claimed > 0 && waits > 0 {
        Clock::System.sleep(std::time::Duration::from_secs(1)).await;
        waits -= 1;
        let more = delivery.run().await?;
        done.sent += more.sent;
        done.postponed += more.postponed;
        done.dead += more.dead;
        done.dropped += more.dropped;
    }
    println!(
        "{} sent, {} to be tried again, {} given up, {} no longer wanted",
        done.sent, done.postponed, done.dead, done.dropped
    );
    Ok(if done.dead > 0 { Outcome::Failed } else { Outcome::Done })
}

async fn bounced(desk: &Arc<Desk>, typed: &str) -> anyhow::Result<Outcome> {
    let Some(mailer) = desk.mailer() else {
        bail!("mail is not set up: give [mail] from, and smtp_url or test_folder, in convex.toml");
    };
    let address = normalised(typed)?;
    let store = desk.readers();
    store.suppress(&mailer.hash(&address), &address, "complained", desk.now()).await?;
    let reader = store.confirmed_subscribers().await?.into_iter().find(|reader| reader.address == address);
    if let Some(reader) = reader {
        store.erase_subscriber(reader.id).await?;
    }
    println!("nothing goes to that address any more");
    Ok(Outcome::Done)
}
