// The mentions of an incident, unpacked when it is opened, with the words that say something marked in their sentences.

const chunks = new Map();

function chunkOf(facts, row) {
  const at = Math.floor(row / facts.chunk);
  if (!chunks.has(at)) chunks.set(at, unpack(`evidence-${at}`));
  return chunks.get(at);
}

async function evidenceOf(facts, row) {
  const chunk = await chunkOf(facts, row);
  return { incident: chunk.incidents[row % facts.chunk], documents: chunk.documents };
}

// Only web addresses become links: a document may carry any text as its address.
function linkOf(uri) {
  return uri && /^https?:\/\//i.test(uri) ? element("a", { href: uri, rel: "noopener noreferrer", target: "_blank" }, "open the document") : null;
}

function drawEvidence(facts, { incident, documents }) {
  const words = [["topic", "topic"], ["items", "items"]].filter(([name]) => incident[name]).map(([name, text]) => `${text}: ${incident[name]}`);
  if (incident.scope === "process") words.push("told as a habit or a total, not as one event");
  if (incident.disputed) words.push("disputed: one report denies what another tells as done");
  if (incident.part_of) words.push(`a part of ${incident.part_of}`);
  if (incident.package_id) words.push(`steps of one package share ${incident.package_id}`);
  const rest = incident.mentions - incident.shown.length;
  return element("div", { class: "evidence" },
    words.length ? element("p", {}, words.join(" · ")) : null,
    element("ol", {}, ...incident.shown.map((mention) => drawMention(mention, documents[mention.document]))),
    rest > 0 ? element("p", { class: "quiet" }, `${plural(rest, "report")} more ${rest === 1 ? "is" : "are"} in the store and not in this page.`) : null,
    element("p", { class: "quiet id" }, incident.incident_id));
}

function drawMention(mention, [docId, source, title, uri, published]) {
  const sentence = element("blockquote", {}, ...mention.sentence.map((piece) => (typeof piece === "string" ? piece : element("mark", { class: piece[1], title: piece[2] }, piece[0]))));
  const said = [mention.decision ? `${mention.decision}, ${mention.status}` : mention.status, mention.date];
  if (mention.blame) said.push(`blame ${mention.blame}`);
  if (mention.attributed_to) said.push(`according to ${mention.attributed_to}`);
  const own = (mention.own ?? []).filter(([name]) => name !== "decision").map(([name, value]) => `${name} ${typeof value === "number" ? number(value) : value}`);
  const link = linkOf(uri);
  return element("li", {},
    element("p", { class: "quiet" }, [published, source, title].filter(Boolean).join(" · ") || docId, link ? " · " : null, link),
    sentence,
    element("p", { class: "read" }, element("b", {}, said.join(" · ")), own.length ? ` · ${own.join(" · ")}` : ""),
    mention.carried ? element("p", { class: "read" }, `named elsewhere in the text: ${mention.carried.join("; ")}`) : null,
    element("p", { class: "quiet id" }, [`rule ${mention.rule}`, mention.confidence === undefined ? null : `confidence ${mention.confidence.toFixed(2)}`, docId].filter(Boolean).join(" · ")));
}
