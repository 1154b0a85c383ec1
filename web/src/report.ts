/** Entry point of the report: the data lie in the page itself. */
import "./style/report.css";

import { startApp } from "./app";
import { h } from "./dom";
import { buildModel } from "./model";
import { payloadOf } from "./payload";

const root = document.getElementById("app") ?? document.body.appendChild(h("div", { id: "app" }));

async function start(): Promise<void> {
  startApp(root, buildModel(await payloadOf(document.getElementById("payload"))));
  document.documentElement.dataset.ready = "true";
  performance.mark("ready");
}

start().catch((error: unknown) => {
  const why = error instanceof Error ? error.message : String(error);
  root.replaceChildren(h("p", { class: "failed", role: "alert" }, `This page cannot be shown: ${why}.`));
});
