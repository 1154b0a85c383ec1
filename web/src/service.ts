/**
 * Entry point of the service: the page of the report, live, with everything by which people judge together.
 *
 * What belongs here: who asks, and putting the parts together. What does not: any of the parts (`service/`).
 */
import "./style/service.css";

import { startApp, type App } from "./app";
import { h } from "./dom";
import { buildModel } from "./model";
import { startTogether } from "./service/together";
import { ask, lineOf, type Me } from "./service/api";
import { enterPage, joinPage } from "./service/entering";
import type { Payload } from "./payload";

const root = document.getElementById("app") ?? document.body.appendChild(h("div", { id: "app" }));

async function start(): Promise<void> {
  if (location.pathname === "/join") { joinPage(root); return; }
  const me = await ask<Me>("/me");
  if (!me.ok) {
    if (me.problem.status === 401) { await enterPage(root); return; }
    throw new Error(lineOf(me.problem));
  }
  const page = await ask<Payload>("/page");
  if (!page.ok) throw new Error(lineOf(page.problem));
  startTogether(root, me.value, page.value, (extras): App => startApp(root, buildModel(page.value), extras));
}

start().then(() => {
  document.documentElement.dataset.ready = "true";
  performance.mark("ready");
}).catch((error: unknown) => {
  const why = error instanceof Error ? error.message : String(error);
  root.replaceChildren(h("p", { class: "failed", role: "alert" }, `This page cannot be shown: ${why.replace(/\.$/, "")}. `, h("a", { class: "again" }, "Load it again")));
  root.querySelector("a")?.setAttribute("href", location.href);
});
