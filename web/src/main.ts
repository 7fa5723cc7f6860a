// The pages are whole without this script: it only adds shortcuts.
import "./style.css";
import { followLive } from "./live";
import { listenForSearchKeys } from "./search-keys";

listenForSearchKeys(document);
followLive(document);
