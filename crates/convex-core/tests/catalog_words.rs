//! The words composed for pairs nobody wrote about are grammatical and true whatever the types.

use convex_core::catalog::{Cadence, Catalog, Category, ChangeKind, Meaning, Metric, MetricUnit, RiskSign, Role};

fn of_category(category: Category, label: &str) -> Metric {
    let builtin = Catalog::builtin().metrics().find(|metric| metric.category == category);
    let mut metric = builtin.map_or_else(|| Metric::uncatalogued("acme"), |metric| metric.as_ref().clone());
    metric.id = label.to_lowercase();
    metric.short = format!("{label} in full");
    metric.noun = format!("the price of {label}");
    label.clone_into(&mut metric.label);
    metric
}

fn check(a: &Metric, b: &Metric, meaning: &Meaning) {
    let Meaning { rationale, a_ahead, b_ahead } = meaning;
    for text in [rationale, a_ahead, b_ahead] {
        let place = format!("{:?} and {:?}: {text}", a.category, b.category);
        assert!(text.starts_with(char::is_uppercase) && text.ends_with('.'), "{place}");
        assert!(
            !text.contains("  ") && !text.contains("..") && !text.contains(" ,") && !text.contains(['{', '}']),
            "{place}"
        );
        let words: Vec<&str> = text.split(' ').map(|word| word.trim_matches([',', '.', ':'])).collect();
        for pair in words.windows(2) {
            assert!(pair[0] != pair[1], "doubled word, {place}");
            let vowel = pair[1].starts_with(['a', 'e', 'i', 'o', 'u']);
            assert!(pair[0] != "a" || !vowel, "article, {place}");
            assert!(pair[0] != "an" || vowel, "article, {place}");
        }
        for sentence in text.split(". ") {
            assert!(sentence.starts_with(char::is_uppercase), "{place}");
        }
    }
    assert!((3..=4).contains(&rationale.matches(". ").count().saturating_add(1)), "{rationale}");
    assert!(rationale.contains(&a.noun) && rationale.contains(&b.noun), "{rationale}");
    for ahead in [a_ahead, b_ahead] {
        assert!(ahead.contains(&a.label) && ahead.contains(&b.label), "{ahead}");
        assert_eq!(ahead.matches(". ").count(), 1, "{ahead}");
    }
    assert_ne!(a_ahead, b_ahead);
    let second = |text: &str| text.split_once(". ").map(|(_, rest)| rest.to_owned());
    assert_ne!(second(a_ahead), second(b_ahead), "{a_ahead}");
}

#[test]
fn every_pair_of_categories_reads_well() {
    let mut rationales = std::collections::HashSet::new();
    for one in Category::ALL {
        for other in Category::ALL {
            let (a, b) = (of_category(*one, "Alpha"), of_category(*other, "Beta"));
            let meaning = Catalog::composed_rationale(&a, &b);
            check(&a, &b, &meaning);
            assert!(rationales.insert(meaning.rationale.clone()), "{}", meaning.rationale);
        }
    }
}

#[test]
fn every_pair_of_builtin_metrics_reads_well() {
    let catalog = Catalog::builtin();
    for a in catalog.metrics() {
        for b in catalog.metrics().filter(|b| a.id != b.id) {
            let Meaning { rationale, a_ahead, b_ahead } = Catalog::composed_rationale(a, b);
            for text in [rationale, a_ahead, b_ahead] {
                assert!(text.ends_with('.') && !text.contains("  "), "{text}");
            }
        }
    }
}

#[test]
fn every_mixture_of_roles_risks_and_changes_reads_well() {
    for (risk_a, risk_b) in RiskSign::ALL.iter().flat_map(|a| RiskSign::ALL.iter().map(move |b| (*a, *b))) {
        for (role_a, role_b) in [(Role::Investable, Role::Signal), (Role::Rate, Role::Index), (Role::Macro, Role::Flow)]
        {
            for change in ChangeKind::ALL {
                let mut a = of_category(Category::EquityIndex, "Alpha");
                let mut b = of_category(Category::Inflation, "Beta");
                (a.risk, a.role, a.change, a.unit) = (risk_a, role_a, *change, MetricUnit::Percent);
                (b.risk, b.role, b.unit, b.cadence) = (risk_b, role_b, MetricUnit::Percent, Cadence::Weekly);
                check(&a, &b, &Catalog::composed_rationale(&a, &b));
            }
        }
    }
}

#[test]
fn named_pairs_keep_their_words_and_turn_with_the_legs() {
    let catalog = Catalog::builtin();
    let (dia, iwm) = (catalog.metric("dia").unwrap(), catalog.metric("iwm").unwrap());
    let straight = catalog.meaning(dia, iwm);
    let turned = catalog.meaning(iwm, dia);
    assert_eq!(straight.rationale, turned.rationale);
    assert_eq!((straight.a_ahead, straight.b_ahead), (turned.b_ahead, turned.a_ahead));
    assert_eq!(catalog.pair("dia", "iwm").unwrap().rationale, straight.rationale);
}

#[test]
fn composed_words_are_these() {
    let catalog = Catalog::builtin();
    let compose = |a, b| catalog.meaning(catalog.metric(a).unwrap(), catalog.metric(b).unwrap());
    let meaning = compose("dia", "vixcls");
    assert_eq!(
        meaning.rationale,
        "This sets DIA, a broad measure of share prices, against VIX, a measure of implied volatility. The \
         question is whether the price of shares and the price of protection tell the same story. VIX cannot be bought as \
         such, so a gap between the two is a reading and not a return."
    );
    assert_eq!(
        meaning.a_ahead,
        "DIA rose more, or fell less, than VIX. That is the way a growing appetite for risk would push the two."
    );
    assert_eq!(
        meaning.b_ahead,
        "VIX rose more, or fell less, than DIA. That is the way growing caution would push the two."
    );
    let releases = compose("cpiaucsl", "icsa");
    assert_eq!(
        releases.rationale,
        "This sets the consumer price index, a release on prices, against the number of jobless claims, a release on the labour \
         market. Each describes the economy with a delay of its own, and the question is whether they tell the same story. \
         Neither can be bought, so a gap between them is a reading and not a return. The two are compared month by month, \
         because values of the consumer price index come once a month, about 12 days after the period they describe."
    );
    let mixed = compose("gold", "dgs2");
    assert_eq!(
        mixed.a_ahead,
        "Gold rose against the 2-year yield, each judged by the size of its usual moves. Neither has a fixed tie to the appetite for risk, so the reason has to be sought in the two themselves."
    );
}
