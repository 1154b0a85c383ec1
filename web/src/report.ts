/** Entry point of the report: the data lie in the page itself. */
import "./style/report.css";

import { startApp } from "./app";
import { h } from "./dom";
import { buildModel } from "./model";
import { parsePayload } from "./payload";

const root = document.getElementById("app") ?? document.body.appendChild(h("div", { id: "app" }));
try {
  startApp(root, buildModel(parsePayload(document.getElementById("payload")?.textContent ?? "")));
  document.documentElement.dataset["ready"] = "true";
  performance.mark("ready");
} catch (error) {
  root.replaceChildren(h("p", { class: "failed", role: "alert" }, `This page cannot be shown: ${error instanceof Error ? error.message : String(error)}`));
  throw error;
}
