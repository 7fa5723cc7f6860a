// The pages are whole without this script: it only adds to them.
import "./style.css";
import { enhanceCharts } from "./charts/intent";
import { listenForCopies } from "./copy";
import { listenForFigures } from "./figure-note";
import { followLive } from "./live";
import { listenForPalette } from "./palette/keys";
import { keepPlaces } from "./yours/places";
import { sayWhatChanged } from "./yours/since";

document.documentElement.classList.add("scripted");
listenForPalette(document);
listenForCopies(document);
listenForFigures(document);
keepPlaces(document);
followLive(document);
sayWhatChanged(document);
const charts = document.querySelector<HTMLElement>("section[data-charts]");
if (charts) enhanceCharts(charts);
