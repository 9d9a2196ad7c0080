// Covers and the crop are drawn, moved and made larger on the photo: by finger, mouse and keys. The
// numbers of the forms beside it stay the truth; what is drawn only fills them in and presses the button.
"use strict";
(() => {
  const sides = ["left", "top", "width", "height"];
  const far = 8; // pixels: less is a press, not a drag
  let opened = new Set();
  let focused = "";
  let timer = null;

  const forms = () => [...document.querySelectorAll("#shaping form[data-shape]")];
  const box = (form) => Object.fromEntries(sides.map((side) => [side, Number(form.elements[side].value) || 0]));
  const put = (form, found) => { for (const side of sides) form.elements[side].value = Number(found[side].toFixed(2)); };
  const isOpen = (id) => document.getElementById(id)?.open;
  const kept = (form) => form.querySelector("button[name=move], button[name=add], button[name=crop]");
  const save = (form) => { clearTimeout(timer); timer = null; kept(form).click(); };

  // A crop lies in the photo as it is after turning, so the photo is shown turned while it is cropped.
  const turn = (stage) => {
    const crop = document.querySelector("form[data-shape=crop]");
    const degrees = isOpen("crop") ? Number(crop.elements.degrees.value) || 0 : 0;
    for (const part of stage.querySelectorAll("img, .over")) part.style.transform = degrees ? `rotate(${degrees}deg)` : "";
    stage.classList.toggle("cropping", Boolean(isOpen("crop")));
    stage.classList.toggle("drawing", Boolean(isOpen("crop") || isOpen("add-cover")));
  };

  const place = (grip, form) => {
    for (const [side, value] of Object.entries(box(form))) grip.style[side] = `${value}%`;
    grip.classList.toggle("oval", form.elements.form?.value === "ellipse");
  };

  const inside = (found, form) => {
    if (form.dataset.shape !== "crop") return found;
    const width = Math.min(100, Math.max(1, found.width));
    const height = Math.min(100, Math.max(1, found.height));
    return { width, height, left: Math.min(100 - width, Math.max(0, found.left)), top: Math.min(100 - height, Math.max(0, found.top)) };
  };

  const change = (grip, form, found) => {
    found.width = Math.max(1, found.width);
    found.height = Math.max(1, found.height);
    put(form, inside(found, form));
    place(grip, form);
  };

  const at = (stage, event) => {
    const edge = stage.getBoundingClientRect();
    return { x: (100 * (event.clientX - edge.left)) / edge.width, y: (100 * (event.clientY - edge.top)) / edge.height };
  };

  const drag = (stage, grip, form) => {
    grip.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      grip.focus();
      grip.setPointerCapture(event.pointerId);
      const start = at(stage, event);
      const was = box(form);
      const larger = event.target.classList.contains("corner");
      let moved = false;
      const move = (now) => {
        const to = at(stage, now);
        const across = to.x - start.x;
        const down = to.y - start.y;
        moved ||= Math.hypot(across, down) > 0.4;
        if (moved) change(grip, form, larger ? { ...was, width: was.width + across, height: was.height + down } : { ...was, left: was.left + across, top: was.top + down });
      };
      const end = () => {
        grip.removeEventListener("pointermove", move);
        if (moved && form.dataset.shape === "cover") save(form);
      };
      grip.addEventListener("pointermove", move);
      grip.addEventListener("pointerup", end, { once: true });
      grip.addEventListener("pointercancel", end, { once: true });
    });
  };

  const keys = (grip, form) => {
    grip.addEventListener("keydown", (event) => {
      const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!steps) return;
      event.preventDefault();
      const now = box(form);
      if (event.shiftKey) { now.width += steps[0]; now.height += steps[1]; } else { now.left += steps[0]; now.top += steps[1]; }
      change(grip, form, now);
      clearTimeout(timer);
      if (form.dataset.shape === "cover") timer = setTimeout(() => save(form), 700);
    });
    grip.addEventListener("blur", () => { if (timer && form.dataset.shape === "cover" && form.isConnected) save(form); });
  };

  const called = (form) => (form.dataset.shape === "crop" ? "the crop" : `cover ${form.dataset.number}${form.dataset.over ? `, over ${form.dataset.over}` : ""}`);

  const grip = (stage, layer, form) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = `grip ${form.dataset.shape}`;
    made.dataset.of = form.dataset.shape + (form.dataset.number || "");
    made.setAttribute("aria-label", `Move ${called(form)}. Arrow keys move it; with Shift they change its size.`);
    const corner = document.createElement("span");
    corner.className = "corner";
    made.append(corner);
    place(made, form);
    drag(stage, made, form);
    keys(made, form);
    form.addEventListener("input", () => { place(made, form); turn(stage); });
    made.addEventListener("focus", () => { focused = made.dataset.of; });
    layer.append(made);
  };

  // Drawing on the photo: the crop while that is open, else another cover.
  const drawing = (stage, layer) => {
    let from = null;
    let shape = null;
    const between = (one, two) => ({
      left: Math.max(0, Math.min(one.x, two.x)), top: Math.max(0, Math.min(one.y, two.y)),
      width: Math.min(100, Math.max(one.x, two.x)) - Math.max(0, Math.min(one.x, two.x)),
      height: Math.min(100, Math.max(one.y, two.y)) - Math.max(0, Math.min(one.y, two.y)),
    });
    stage.addEventListener("dragstart", (event) => event.preventDefault());
    stage.addEventListener("pointerdown", (event) => {
      if (event.target.closest(".grip") || !stage.classList.contains("drawing")) return;
      from = { ...at(stage, event), clientX: event.clientX, clientY: event.clientY };
      stage.setPointerCapture(event.pointerId);
    });
    stage.addEventListener("pointermove", (event) => {
      if (!from || Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) < far) return;
      if (!shape) { shape = document.createElement("div"); shape.className = "grip drawn"; layer.append(shape); }
      for (const [side, value] of Object.entries(between(from, at(stage, event)))) shape.style[side] = `${value}%`;
    });
    stage.addEventListener("pointerup", (event) => {
      if (from && shape) {
        const found = between(from, at(stage, event));
        const form = document.querySelector(`form[data-shape=${isOpen("crop") ? "crop" : "add"}]`);
        put(form, found);
        if (form.dataset.shape === "add") save(form); else form.dispatchEvent(new Event("input"));
      }
      shape?.remove();
      from = shape = null;
    });
    stage.addEventListener("pointercancel", () => { shape?.remove(); from = shape = null; });
  };

  const begin = () => {
    const stage = document.querySelector("[data-stage]");
    if (!stage || stage.querySelector(".grips")) return;
    const layer = document.createElement("div");
    layer.className = "grips";
    stage.append(layer);
    for (const details of document.querySelectorAll("#shaping details.fold")) {
      if (opened.has(details.id)) details.open = true;
      details.addEventListener("toggle", () => {
        if (details.open) opened.add(details.id); else opened.delete(details.id);
        if (details.open && details.id === "crop") document.getElementById("add-cover").open = false;
        if (details.open && details.id === "add-cover") document.getElementById("crop").open = false;
        turn(stage);
      });
    }
    for (const form of forms()) if (form.dataset.shape !== "add") grip(stage, layer, form);
    drawing(stage, layer);
    turn(stage);
  };

  document.body.addEventListener("htmx:beforeRequest", () => { clearTimeout(timer); timer = null; });
  document.body.addEventListener("htmx:afterSettle", () => {
    begin();
    if (document.activeElement && document.activeElement !== document.body) return;
    const again = focused && document.querySelector(`.grip[data-of="${focused}"]`);
    (again || document.getElementById("s-cover"))?.focus({ preventScroll: true });
  });
  document.addEventListener("focusin", (event) => { if (!event.target.closest(".grip")) focused = ""; });
  begin();
})();
