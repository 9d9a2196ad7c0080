// Drawing a box on the photo fills in the numbers of the form "Mark where people are".
"use strict";
(() => {
  const form = document.querySelector("[data-marks]");
  const stage = document.querySelector(".photo.stage");
  if (!form || !stage) return;
  const image = stage.querySelector("img");
  const space = "http://www.w3.org/2000/svg";
  const far = 8; // pixels: less is a press, which opens the photo
  let from = null;
  let drawn = null;

  const draw = (box) => {
    if (!drawn) {
      const layer = document.createElementNS(space, "svg");
      for (const [key, value] of Object.entries({ class: "over drawn", viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" })) layer.setAttribute(key, value);
      drawn = document.createElementNS(space, "rect");
      drawn.setAttribute("class", "box");
      drawn.setAttribute("vector-effect", "non-scaling-stroke");
      layer.append(drawn);
      image.after(layer);
    }
    for (const [key, name] of [["x", "left"], ["y", "top"], ["width", "width"], ["height", "height"]]) drawn.setAttribute(key, box[name]);
  };

  const at = (event) => {
    const edge = image.getBoundingClientRect();
    const part = (value, size) => Math.min(100, Math.max(0, (100 * value) / size));
    return { x: part(event.clientX - edge.left, edge.width), y: part(event.clientY - edge.top, edge.height) };
  };

  const between = (one, two) => ({
    left: Math.min(one.x, two.x).toFixed(1), top: Math.min(one.y, two.y).toFixed(1),
    width: Math.abs(one.x - two.x).toFixed(1), height: Math.abs(one.y - two.y).toFixed(1),
  });

  const fill = (box) => { for (const [name, value] of Object.entries(box)) form.elements[name].value = value; };
  const isOpen = () => form.closest("details").open;

  form.addEventListener("input", () => draw(Object.fromEntries(["left", "top", "width", "height"].map((n) => [n, form.elements[n].value || 0]))));
  stage.addEventListener("dragstart", (event) => event.preventDefault());
  stage.addEventListener("pointerdown", (event) => {
    if (isOpen()) from = { ...at(event), clientX: event.clientX, clientY: event.clientY, moved: false };
  });
  stage.addEventListener("pointermove", (event) => {
    if (!from) return;
    from.moved ||= Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) > far;
    if (from.moved) draw(between(from, at(event)));
  });
  window.addEventListener("pointerup", (event) => {
    if (!from?.moved) { from = null; return; }
    fill(between(from, at(event)));
    // The click that follows a drag must not open the photo.
    stage.addEventListener("click", (click) => { click.preventDefault(); click.stopPropagation(); }, { capture: true, once: true });
    from = null;
  });
})();
