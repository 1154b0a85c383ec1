import "./report.css";

const payload = document.getElementById("payload");
if (payload) document.title = (JSON.parse(payload.textContent ?? "{}") as { title?: string }).title ?? document.title;
