// A matrix of rows and columns whose cells hold two things apart: what happened (tinted, in the middle), and what did not (patterned, in the corner).

// cells: {row, column, value, label, corner, pattern, outlined, title}. rows, columns: names in order.
function matrix({ width, rows, columns, cells, type, marginLeft, marginRight, marginTop, cellHeight, ariaLabel, rotate, tickFormat }) {
  const most = Math.max(1e-9, ...cells.map((each) => each.value ?? 0));
  const share = (each) => Math.sqrt((each.value ?? 0) / most);
  const inside = { x: "column", y: "row" };
  const solid = cells.filter((each) => each.value > 0);
  const empty = cells.filter((each) => !(each.value > 0));
  const narrow = (width - marginLeft - marginRight) / columns.length < 34;
  const cornered = solid.filter((each) => each.corner);
  return plotted({
    width,
    height: marginTop + rows.length * cellHeight + 6,
    marginLeft,
    marginTop,
    marginRight,
    marginBottom: 6,
    ariaLabel,
    ariaDescription: "Tinted cells: happened. Patterned cells and small figures: did not happen, or not yet. The numbers are in the table below.",
    x: { type: "band", domain: columns, axis: "top", label: null, tickRotate: rotate, tickSize: 0, tickFormat, paddingInner: 0.06 },
    y: { type: "band", domain: rows, label: null, tickSize: 0, tickFormat: (name) => shortened(name, Math.floor((marginLeft - 12) / 7)), paddingInner: 0.08 },
    marks: [
      Plot.cell(rows.flatMap((row) => columns.map((column) => ({ row, column }))), { ...inside, fill: "var(--cell)" }),
      Plot.cell(solid, { ...inside, fill: literal((each) => tint(type, share(each))) }),
      Plot.cell(empty, { ...inside, fill: literal((each) => `url(#${patternOf(each.pattern, type)})`), fillOpacity: 0.75 }),
      Plot.cell(cells.filter((each) => each.outlined), { ...inside, fill: "none", stroke: "var(--ink)", strokeWidth: 1.5, strokeDasharray: "3,2", inset: 1 }),
      Plot.text(solid, { ...inside, text: "label", fill: literal((each) => inkOn(share(each))), fontSize: narrow ? 9 : 12}),
      Plot.text(empty, { ...inside, text: "label", fontStyle: "italic", fill: "var(--ink)", stroke: "var(--surface)", strokeWidth: 5, fontSize: narrow ? 9 : 11 }),
      ...(narrow ? [] : [Plot.text(cornered, { ...inside, text: "corner", fontSize: 9, fontStyle: "italic", textAnchor: "end", dx: (width - marginLeft - marginRight) / columns.length / 2 - 4, dy: cellHeight / 2 - 8, fill: literal((each) => inkOn(share(each))) })]),
      Plot.tip(cells, Plot.pointer({ ...inside, title: "title" })),
    ],
  });
}
