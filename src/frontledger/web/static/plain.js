// What the service knows of the ledger, as text: nothing of an account is ever set as markup.
const list = document.getElementById("ledger");
const state = document.getElementById("state");

async function show() {
  const answer = await fetch("/api/v1/ledger");
  if (!answer.ok) {
    state.textContent = "Come in by the address that was printed, or sign in.";
    return;
  }
  list.replaceChildren();
  for (const [key, value] of Object.entries(await answer.json())) {
    const term = document.createElement("dt");
    const said = document.createElement("dd");
    term.textContent = key;
    said.textContent = String(value ?? "–");
    list.append(term, said);
  }
}

await show();
new EventSource("/api/v1/changes").addEventListener("revision", show);
