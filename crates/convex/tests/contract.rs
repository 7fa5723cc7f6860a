//! The public JSON against the contract's whole example, where that is at hand: every name is there, in the same unit.

mod support;

use convex::api::ComparisonDto;
use serde_json::Value as Json;

use support::{desk_with, shared};

#[tokio::test]
async fn every_figure_of_the_contract_is_there_in_its_unit() {
    let Some(shared) = shared() else { return };
    let (desk, _folder) = desk_with(&[shared.join("data")]).await;
    let comparison = desk.comparison("DIA", "iwm", None).await.unwrap();
    let ours = serde_json::to_value(ComparisonDto::from(comparison.as_ref())).unwrap();
    let text = std::fs::read(shared.join("contract/compare-dia-iwm.json")).unwrap();
    let contract: Json = serde_json::from_slice(&text).unwrap();
    for key in ["pair", "a", "b", "kind", "as_of", "requested_as_of", "basis", "sample"] {
        assert_eq!(ours[key], contract[key], "{key}");
    }
    let mut wrong = Vec::new();
    for (name, expected) in contract["figures"].as_object().unwrap() {
        let found = &ours["figures"][name];
        // An estimate may carry an interval more than the example does, never less.
        let has_all = ["value", "interval", "unavailable"]
            .iter()
            .all(|part| expected.get(part).is_none() || found.get(part).is_some());
        if !has_all || expected["unit"] != found["unit"] {
            wrong.push(format!("{name}: {} against {}", found["unit"], expected["unit"]));
        }
        if let Some(estimate) = found.as_object().filter(|found| !found.contains_key("unavailable")) {
            for part in ["unit", "n", "from", "to", "method"] {
                assert!(estimate.contains_key(part), "{name} lacks {part}");
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(ours["claims"].as_array().unwrap().len() >= 8);
    for claim in ours["claims"].as_array().unwrap() {
        for figure in claim["figures"].as_array().unwrap() {
            assert!(ours["figures"].get(figure.as_str().unwrap()).is_some(), "{figure}");
        }
    }
}
