//! Pages as a visitor gets them, through the router, over a database of invented series.

mod pages_support;
mod support;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use pages_support::{Answer, Site};

const BLOCKS: [&str; 7] = [
    "Why this comparison matters",
    "Cross-asset analysis",
    "90-day statistics",
    "Explore each metric",
    "Related scenarios and forecasts",
    "Questions",
    "Related comparisons",
];

const PAGES: [&str; 9] = [
    "/",
    "/metrics",
    "/metrics?q=yield",
    "/metrics/iwm",
    "/metrics/cpiaucsl",
    "/methods",
    "/sources",
    "/status",
    "/search?q=gld+iw",
];

/// Pairs of every sort, those that cannot be compared among them.
const PAIRS: [&str; 13] = [
    "dia-vs-iwm",
    "iwm-vs-vixcls",
    "rsp-vs-iwm",
    "gold-vs-iwm",
    "qqq-vs-iwm",
    "dgs10-vs-dgs2",
    "dgs10-vs-cpiaucsl",
    "dia-vs-dia",
    "btc-vs-dia",
    "dia-vs-eem",
    "dia-vs-efa",
    "dia-vs-mine",
    "dia-vs-xlk",
];

/// What no page may read, whatever the data.
fn check_words(path: &str, answer: &Answer) {
    let text = format!("{} {}", answer.text(), answer.attributes("title").join(" "));
    for word in ["undefined", "NaN", "null", "No data available", "inf", "Infinity"] {
        let is_there = text.split(|letter: char| !letter.is_alphanumeric() && letter != ' ').any(|part| {
            part.split(' ').collect::<Vec<_>>().windows(word.split(' ').count()).any(|words| words.join(" ") == word)
        });
        assert!(!is_there, "{path} reads \"{word}\"");
    }
}

#[tokio::test]
async fn every_page_answers_and_says_nothing_it_should_not() {
    let site = Site::with(700).await;
    let pairs = PAIRS.map(|pair| format!("/compare/{pair}"));
    for path in PAGES.iter().copied().chain(pairs.iter().map(String::as_str)) {
        let answer = site.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        check_words(path, &answer);
        assert!(!answer.text().contains("Simulated"), "{path}");
        assert!(!answer.body.contains(" style="), "{path} has an inline style");
        assert!(!answer.body.contains(" onclick="), "{path} has an inline script");
        assert_eq!(answer.body.matches("<h1").count(), 1, "{path}");
        let mut ids = answer.attributes("id");
        ids.sort_unstable();
        let before = ids.len();
        ids.dedup();
        assert_eq!(before, ids.len(), "{path} uses an id twice");
    }
}

#[tokio::test]
async fn a_seed_page_has_its_blocks_and_its_figures() {
    let site = Site::with(700).await;
    for pair in ["dia-vs-iwm", "iwm-vs-vixcls", "rsp-vs-iwm", "gold-vs-iwm", "qqq-vs-iwm"] {
        let page = site.get(&format!("/compare/{pair}")).await;
        let found: Vec<String> =
            page.headings().into_iter().filter(|heading| BLOCKS.contains(&heading.as_str())).collect();
        assert_eq!(found, BLOCKS, "{pair}");
        let figures = page.figures();
        assert!(figures.len() >= 60, "{pair} shows {} figures", figures.len());
        let known: serde_json::Value =
            serde_json::from_str(&site.get(&format!("/api/v1/compare/{pair}")).await.body).unwrap();
        for name in figures {
            assert!(known["figures"].get(&name).is_some(), "{pair} shows {name}, which the API does not know");
        }
        assert!(page.text().contains("stale: 324 days old"), "{pair} says the age");
        let faq = page.body.split("application/ld+json\">").nth(1).unwrap().split("</script>").next().unwrap();
        let faq: serde_json::Value = serde_json::from_str(faq).unwrap();
        assert_eq!(faq["mainEntity"].as_array().unwrap().len(), 5);
    }
}

#[tokio::test]
async fn every_link_leads_somewhere() {
    let site = Site::with(300).await;
    let mut links: Vec<String> = Vec::new();
    for path in PAGES.iter().copied().chain([
        "/compare/dia-vs-iwm",
        "/compare/dia-vs-iwm?range=Max&window=126&as_of=2025-06-30&swap=1",
        "/compare/dia-vs-dia",
        "/compare/dia-vs-iwmm",
        "/metrics/iwm?as_of=2025-06-30",
    ]) {
        let answer = site.get(path).await;
        links.extend(answer.attributes("href"));
        links.extend(answer.attributes("action"));
        let ids = answer.attributes("id");
        for link in answer.attributes("href").iter().filter(|link| link.starts_with('#')) {
            assert!(ids.iter().any(|id| *id == link[1..]), "{path} links to {link}, which is not there");
        }
    }
    let methods = site.get("/methods").await.attributes("id");
    for section in links.iter().filter_map(|link| link.strip_prefix("/methods#")) {
        assert!(methods.iter().any(|id| id == section), "/methods has no section {section}");
    }
    let mut own: Vec<&str> =
        links.iter().filter(|link| link.starts_with('/')).map(|link| link.split('#').next().unwrap()).collect();
    own.sort_unstable();
    own.dedup();
    assert!(own.len() > 100, "{} links", own.len());
    for link in own {
        let status = site.get(link).await.status;
        assert!(
            matches!(status, StatusCode::OK | StatusCode::PERMANENT_REDIRECT | StatusCode::SEE_OTHER),
            "{link}: {status}"
        );
    }
}

#[tokio::test]
async fn nearly_right_addresses_lead_to_the_right_one() {
    let site = Site::with(100).await;
    for (asked, led) in [
        ("/compare/iwm-vs-dia", "/compare/dia-vs-iwm"),
        ("/compare/iwm-vs-dia?range=Max&as_of=2025-12-01", "/compare/dia-vs-iwm?range=Max&as_of=2025-12-01"),
        ("/compare/iwm-vs-vix", "/compare/iwm-vs-vixcls"),
        ("/compare/GOLD-vs-IWM", "/compare/gold-vs-iwm"),
        ("/compare/iwm-vs-efa", "/compare/efa-vs-iwm"),
        ("/metrics/VIX?range=3Y", "/metrics/vixcls?range=3Y"),
    ] {
        let answer = site.get(asked).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::PERMANENT_REDIRECT, led), "{asked}");
    }
    for (asked, led) in [
        ("/search?q=dia+vs+iwm", "/compare/dia-vs-iwm"),
        ("/search?q=iwm%20DIA", "/compare/dia-vs-iwm"),
        ("/search?q=vix%2Firussell", ""),
        ("/search?q=vix/iwm", "/compare/iwm-vs-vixcls"),
        ("/search?a=gold&b=iwm", "/compare/gold-vs-iwm"),
        ("/search?q=10y-yield", "/metrics/dgs10"),
        ("/search?q=mine", "/metrics/mine"),
    ] {
        let answer = site.get(asked).await;
        let expected = if led.is_empty() { StatusCode::OK } else { StatusCode::SEE_OTHER };
        assert_eq!((answer.status, answer.header("location")), (expected, led), "{asked}");
    }
}

#[tokio::test]
async fn wrong_addresses_get_a_page_that_helps() {
    let site = Site::with(100).await;
    for (path, status, says) in [
        ("/nowhere", StatusCode::NOT_FOUND, "There is no such page"),
        ("/assets/none.css", StatusCode::NOT_FOUND, "There is no such page"),
        ("/assets/.vite/manifest.json", StatusCode::NOT_FOUND, "There is no such page"),
        ("/metrics/iwmm", StatusCode::NOT_FOUND, "Russell 2000 (IWM)"),
        ("/compare/dia-vs-iwmm", StatusCode::NOT_FOUND, "DIA vs IWM"),
        ("/compare/zzzzqqqq-vs-iwm", StatusCode::NOT_FOUND, "Nothing answers to"),
        ("/compare/dia", StatusCode::BAD_REQUEST, "is not of the form a-vs-b"),
        ("/compare/dia-vs-iwm?as_of=yesterday", StatusCode::BAD_REQUEST, "is not a date of the form YYYY-MM-DD"),
        ("/compare/dia-vs-iwm?range=2Y", StatusCode::BAD_REQUEST, "is none of 1M, 3M"),
        ("/compare/dia-vs-iwm?window=60", StatusCode::BAD_REQUEST, "is none of 21, 63"),
        ("/metrics/iwm?as_of=2025-02-30", StatusCode::BAD_REQUEST, "is not a date"),
        ("/metrics/%FF", StatusCode::BAD_REQUEST, "not understood"),
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.text().contains(says), "{path}: {}", answer.text());
        assert!(answer.header("content-type").starts_with("text/html"), "{path}");
        check_words(path, &answer);
    }
    let posted = site.ask(Request::post("/metrics").body(Body::empty()).unwrap()).await;
    assert_eq!(posted.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(posted.text().contains("only read"));
}

#[tokio::test]
async fn what_a_visitor_types_is_only_text() {
    let site = Site::with(100).await;
    let hostile = "%3Cscript%3Ealert(1)%3C/script%3E%22%27%3E%3Cimg%20src=x%3E";
    for path in [
        format!("/search?q={hostile}"),
        format!("/search?a={hostile}&b=dia"),
        format!("/metrics?q={hostile}"),
        format!("/metrics/{}", hostile.replace('/', "%2F")),
        format!("/compare/{}-vs-iwm", hostile.replace('/', "%2F")),
        format!("/compare/dia-vs-iwm?as_of={hostile}"),
        format!("/compare/dia-vs-iwm?range={hostile}"),
        "/compare/dia-vs-iwm?as_of=%00".to_owned(),
        format!("/compare/{}-vs-iwm", "a".repeat(5_000)),
    ] {
        let answer = site.get(&path).await;
        assert!(answer.status.as_u16() < 500, "{path}: {}", answer.status);
        assert!(!answer.body.contains("<script>alert") && !answer.body.contains("<img"), "{path}");
    }
}

#[tokio::test]
async fn a_pair_that_cannot_be_compared_says_why() {
    let site = Site::with(300).await;
    for (pair, why) in [
        ("dia-vs-dia", "a series is not compared with itself"),
        ("btc-vs-dia", "no overlap"),
        ("dia-vs-eem", "no overlap"),
        ("dia-vs-xlk", "no observations of xlk"),
        ("dia-vs-efa", "constant"),
    ] {
        let page = site.get(&format!("/compare/{pair}")).await;
        assert_eq!(page.status, StatusCode::OK, "{pair}");
        let text = page.text();
        assert!(text.contains(why), "{pair} does not say \"{why}\"");
        let found: Vec<String> =
            page.headings().into_iter().filter(|heading| BLOCKS.contains(&heading.as_str())).collect();
        assert_eq!(found, BLOCKS, "{pair}");
    }
    let mixed = site.get("/compare/dgs10-vs-cpiaucsl").await;
    assert!(mixed.text().contains("neither a ratio nor a spread"));
    let rates = site.get("/compare/dgs10-vs-dgs2").await;
    assert!(rates.text().contains(" bp") && rates.figures().iter().any(|name| name == "spread.value"));
    let signal = site.get("/compare/iwm-vs-vixcls").await;
    let at = |what: &str| signal.body.find(what).unwrap_or_else(|| panic!("no {what}"));
    assert!(at("id=\"correlation\"") < at("id=\"gap\""), "with a signal the ratio comes second");
}

#[tokio::test]
async fn a_past_day_uses_nothing_later() {
    let site = Site::with(700).await;
    let past = site.get("/compare/dia-vs-iwm?as_of=2025-06-30").await;
    let text = past.text();
    assert!(text.contains("Mon 30 Jun 2025") && text.contains("as of a past day"));
    assert!(!text.contains("Dec 2025"), "a later day is shown");
    assert!(text.contains("convex compare dia iwm --as-of 2025-06-30"));
    let early = site.get("/compare/dia-vs-iwm?as_of=1990-01-01").await;
    assert_eq!(early.status, StatusCode::OK);
    check_words("as of 1990", &early);
}

#[tokio::test]
async fn legs_can_be_swapped() {
    let site = Site::with(300).await;
    let page = site.get("/compare/dia-vs-iwm?swap=1").await;
    assert!(page.body.contains("<h1>Russell 2000 (IWM) vs Dow Jones (DIA)</h1>"));
    assert!(page.body.contains("rel=\"canonical\" href=\"/compare/dia-vs-iwm\""));
}

#[tokio::test]
async fn an_empty_database_says_how_to_begin() {
    let site = Site::empty().await;
    let home = site.get("/").await;
    assert_eq!(home.status, StatusCode::OK);
    assert!(home.text().contains("convex import FOLDER"));
    for path in ["/metrics", "/status", "/sources", "/compare/dia-vs-iwm", "/metrics/iwm"] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        check_words(path, &answer);
    }
}

#[tokio::test]
async fn simulated_data_are_marked_on_every_page_and_tile() {
    let site = Site::simulated().await;
    for path in PAGES.iter().chain(&["/compare/dia-vs-iwm", "/compare/dia-vs-iwmm"]) {
        let answer = site.get(path).await;
        assert!(answer.text().contains("Simulated"), "{path}");
        assert!(answer.body.contains("name=\"robots\" content=\"noindex\""), "{path}");
    }
    let page = site.get("/compare/dia-vs-iwm").await;
    let tiles: Vec<&str> =
        page.body.split("<article class=\"tile").skip(1).map(|part| part.split("</article>").next().unwrap()).collect();
    assert_eq!(tiles.len(), 2);
    assert!(tiles.iter().all(|tile| tile.contains("Simulated")));
    assert!(site.get("/robots.txt").await.body.contains("Disallow: /\n"));
}

#[tokio::test]
async fn every_answer_is_guarded() {
    let site = Site::with(100).await;
    let home = site.get("/").await;
    let policy = home.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"), "{policy}");
    assert_eq!(home.header("x-content-type-options"), "nosniff");
    assert_eq!(home.header("cache-control"), "no-cache");
    assert_eq!(home.header("x-request-id").len(), 36);
    for link in
        home.attributes("href").iter().chain(&home.attributes("src")).filter(|link| link.starts_with("/assets/"))
    {
        let asset = site.get(link).await;
        assert_eq!(asset.status, StatusCode::OK, "{link}");
        assert!(asset.header("cache-control").contains("immutable"), "{link}");
        assert_ne!(asset.header("content-type"), "application/octet-stream", "{link}");
    }
    assert_eq!(site.get("/healthz").await.body, "ok");
    assert_eq!(site.get("/readyz").await.status, StatusCode::OK);
    let heavy = Request::post("/metrics").body(Body::from(vec![0; 1 << 20])).unwrap();
    assert!(site.ask(heavy).await.status.is_client_error());
}

#[tokio::test]
async fn a_page_of_25_years_stays_light() {
    let site = Site::with(6_500).await;
    for path in ["/compare/dia-vs-iwm", "/compare/iwm-vs-vixcls?range=Max"] {
        let request = Request::get(path).header("accept-encoding", "gzip").body(Body::empty()).unwrap();
        let (status, headers, body) = site.ask_raw(request).await;
        assert_eq!((status, headers["content-encoding"].to_str().unwrap()), (StatusCode::OK, "gzip"));
        assert!(body.len() < 60_000, "{path} weighs {} bytes", body.len());
    }
}

/// The first page compares the last years alone; what it shows of them is what the pages of the pairs show.
#[tokio::test]
async fn the_first_page_and_the_pages_of_pairs_agree() {
    let site = Site::with(1_600).await;
    let home = site.get("/").await.body;
    let seeds = home.split("id=\"seeds\"").nth(1).unwrap().split("</section>").next().unwrap();
    let shown = figures(seeds);
    assert!(shown.len() >= 20, "{} figures", shown.len());
    for (pair, name, text) in shown {
        let page = site.get(&format!("/compare/{}", pair.unwrap())).await.body;
        let there = figures(&page).into_iter().any(|(of, other, value)| of.is_none() && other == name && value == text);
        assert!(there, "{pair:?} shows no {name} of {text}");
    }
}

/// Pair, name and text of every figure in a piece of HTML.
fn figures(html: &str) -> Vec<(Option<&str>, &str, &str)> {
    let tags = html.split('<').filter(|tag| tag.contains("data-figure=\""));
    tags.filter_map(|tag| {
        let attribute = |name: &str| tag.split(&format!("{name}=\"")).nth(1)?.split('"').next();
        let text = tag.rsplit('>').next()?;
        Some((attribute("data-pair"), attribute("data-figure")?, text.trim()))
    })
    .collect()
}
