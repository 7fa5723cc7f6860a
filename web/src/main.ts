// The pages are whole without this script: it only adds shortcuts.
import "./style.css";
import { listenForSearchKeys } from "./search-keys";

listenForSearchKeys(document);
