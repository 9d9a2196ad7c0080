// What makes pages quicker to use. Every page works without it; nothing here decides anything.
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };

  // ── type-ahead: the server's list of buttons or radios becomes a listbox ──────────────────────
  const options = (box) => all("[role=option]", box.querySelector(".list"));

  const point = (box, option) => {
    const input = box.querySelector("input.form-control");
    for (const other of options(box)) other.setAttribute("aria-selected", String(other === option));
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };

  const shut = (box) => {
    box.querySelector(".list").hidden = true;
    box.querySelector("input.form-control").setAttribute("aria-expanded", "false");
    point(box, null);
  };

  const hold = (box, value) => {
    const name = box.dataset.name;
    box.querySelector(`input[type=hidden][name="${CSS.escape(name)}"]`)?.remove();
    if (value !== "") box.append(make("input", { type: "hidden", name, value }));
  };

  const choose = (box, option) => {
    if (!option || option.getAttribute("aria-disabled") === "true") return;
    const input = box.querySelector("input.form-control");
    hold(box, option.dataset.value);
    input.value = option.dataset.text;
    shut(box);
    if (box.dataset.combobox === "press") input.form.requestSubmit();
  };

  const dress = (box) => {
    const input = box.querySelector("input.form-control");
    const list = box.querySelector(".list");
    all("li[data-value]", list).forEach((item, index) => {
      const control = item.querySelector("button, label");
      if (!control) return;
      const taken = control.disabled || control.querySelector("input:disabled");
      control.querySelector("input")?.remove();
      item.setAttribute("role", "option");
      item.id = `${list.id}-${index}`;
      item.setAttribute("aria-selected", "false");
      if (taken) item.setAttribute("aria-disabled", "true");
      item.replaceChildren(...control.childNodes);
    });
    const found = options(box);
    const none = list.querySelector(".none");
    none?.setAttribute("role", "presentation");
    list.hidden = !found.length && !none;
    input.setAttribute("aria-expanded", String(found.length > 0));
    box.querySelector("[data-said]").textContent =
      found.length === 0 ? none?.textContent ?? "" : found.length === 1 ? "1 name" : `${found.length} names`;
  };

  const steer = (box, event) => {
    const found = options(box).filter((o) => o.getAttribute("aria-disabled") !== "true");
    const at = found.findIndex((o) => o.getAttribute("aria-selected") === "true");
    const open = !box.querySelector(".list").hidden && found.length > 0;
    const go = (index) => point(box, found.at(index % found.length));
    if (event.key === "ArrowDown" && open) go(at + 1);
    else if (event.key === "ArrowUp" && open) go(at <= 0 ? -1 : at - 1);
    else if (event.key === "Enter" && open) choose(box, found[at] ?? (found.length === 1 ? found[0] : null));
    else if (event.key === "Enter" && box.dataset.combobox === "press") return event.preventDefault();
    else if (event.key === "Escape" && open) shut(box);
    else return;
    event.preventDefault();
  };

  const combobox = (box) => {
    const input = box.querySelector("input.form-control");
    const list = box.querySelector(".list");
    if (!window.htmx || box.classList.contains("live")) return;
    box.classList.add("live");
    const label = box.querySelector("label").textContent;
    for (const [key, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false",
    })) input.setAttribute(key, value);
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", label);
    list.hidden = true;
    if (list.children.length) dress(box);
    shut(box);
    input.addEventListener("keydown", (event) => steer(box, event));
    input.addEventListener("input", () => {
      hold(box, "");
      if (!input.value.trim()) shut(box);
    });
    input.addEventListener("blur", () => setTimeout(() => shut(box), 150));
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => choose(box, event.target.closest("[role=option]")));
    list.addEventListener("htmx:afterSwap", () => dress(box));
  };

  // ── sending photos: one at a time, with what is seen and how far it is ────────────────────────
  const picture = async (file, canvas) => {
    try {
      const seen = await createImageBitmap(file, { resizeWidth: 168, resizeQuality: "low" });
      canvas.width = seen.width;
      canvas.height = seen.height;
      canvas.getContext("2d").drawImage(seen, 0, 0);
    } catch {
      canvas.width = canvas.height = 1; // a kind of photo this browser cannot draw; the server can
    }
  };

  const line = (file, list) => {
    const canvas = make("canvas", { "aria-hidden": "true" });
    const bar = make("progress", { max: "1", value: "0", "aria-label": `Sending ${file.name}` });
    const words = make("span", { class: "small" }, file.name);
    list.append(make("li", {}, canvas, words, bar));
    picture(file, canvas);
    return { bar, words };
  };

  // A line that stands still for so long is as good as gone (milliseconds).
  const STILL = 60_000;

  // "arrived", "lost" (nobody knows; it can be sent again) or "refused" (the server said why).
  const sendPhoto = (address, form, file, shown) =>
    new Promise((done) => {
      const data = new FormData();
      data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      data.append("size", file.size); // a file that was cut off on its way is known by this
      data.append("photos", file);
      const request = new XMLHttpRequest();
      let timer = 0;
      const wait = () => { clearTimeout(timer); timer = setTimeout(() => request.abort(), STILL); };
      request.open("POST", address);
      request.upload.addEventListener("progress", (e) => { wait(); if (e.lengthComputable) shown.bar.value = e.loaded / e.total; });
      request.addEventListener("loadend", () => {
        clearTimeout(timer);
        const plain = (request.getResponseHeader("Content-Type") ?? "").startsWith("text/plain");
        const answer = plain && request.status === 200 ? "arrived" : plain && request.status === 409 ? "refused" : "lost";
        if (isSignIn(request.responseURL)) signInAgain();
        shown.bar.hidden = answer !== "lost";
        shown.bar.value = answer === "lost" ? 0 : 1;
        shown.words.classList.toggle("bad", answer !== "arrived");
        shown.words.textContent = `${file.name}: ${answer === "lost" ? "did not arrive" : request.responseText}`;
        done(answer);
      });
      wait();
      request.send(data);
    });

  const sendFile = (form, name, file, shown) =>
    new Promise((done) => {
      const data = new FormData(form);
      for (const input of all("input[type=file]", form)) data.delete(input.name);
      data.append(name, file);
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.setRequestHeader("HX-Request", "true");
      request.upload.addEventListener("progress", (e) => { if (e.lengthComputable) shown.bar.value = e.loaded / e.total; });
      request.addEventListener("loadend", () => {
        const took = request.status >= 200 && request.status < 400;
        const plain = (request.getResponseHeader("Content-Type") ?? "").startsWith("text/plain");
        shown.bar.remove();
        if (!took) {
          shown.words.classList.add("bad");
          shown.words.textContent = `${file.name}: ${plain ? request.responseText : "it could not be sent. Try it once more."}`;
        }
        done(took);
      });
      request.send(data);
    });

  const sendFiles = async (form, name, files) => {
    const list = form.querySelector(".upload-list");
    list.replaceChildren();
    const lines = files.map((file) => [file, line(file, list)]);
    let took = 0;
    for (const [file, shown] of lines) took += (await sendFile(form, name, file, shown)) ? 1 : 0;
    if (!took) return;
    const { refresh, target } = form.dataset;
    if (refresh && window.htmx) {
      for (const item of all("li", list)) if (!item.querySelector(".bad")) item.remove();
      window.htmx.ajax("GET", refresh, { target, swap: "outerHTML" });
    } else if (took === files.length) location.reload();
  };

  const upload = (form) => {
    if (form.classList.contains("live")) return;
    form.classList.add("live");
    for (const input of all("input[type=file]", form))
      input.addEventListener("change", () => {
        const files = [...input.files];
        input.value = "";
        if (files.length) sendFiles(form, input.name, files);
      });
    const dragged = (on) => (event) => { event.preventDefault(); form.classList.toggle("dragged", on); };
    form.addEventListener("dragover", dragged(true));
    form.addEventListener("dragleave", dragged(false));
    form.addEventListener("drop", (event) => {
      dragged(false)(event);
      const files = [...event.dataTransfer.files];
      if (files.length) sendFiles(form, form.querySelector("input[type=file]").name, files);
    });
  };

  // Photos of a longer form. Each is sent by itself, so that a bad line costs only that one; what
  // arrived is never sent again, what did not waits here for a press or for the line. When all are
  // there the form is sent with everything typed, and the page shows them.
  const adding = (place) => {
    if (place.classList.contains("live")) return;
    place.classList.add("live");
    const button = place.querySelector("button");
    const { form } = button;
    const list = make("ul", { class: "upload-list" });
    const words = make("p", { role: "status", tabindex: "-1" });
    const again = make("button", { class: "btn btn-primary", type: "button" }, "Try again");
    const without = make("button", { class: "btn", type: "button" }, "Go on without");
    const presses = make("div", { class: "acts", hidden: "" }, again, without);
    place.querySelector(".adding").replaceChildren(words, list, presses);
    let waiting = []; // [file, its line], not there yet
    let arrived = 0;
    let isBusy = false;
    let isLost = false; // by the line, not by a rule: worth another try
    const some = (number) => (number === 1 ? "1 photo" : `${number} photos`);

    const showAll = () => {
      waiting = [];
      unsaved.delete(form);
      if (!arrived) { list.replaceChildren(); words.textContent = ""; presses.hidden = true; return; }
      form.append(make("input", { type: "hidden", name: "arrived", value: arrived }));
      form.requestSubmit(button);
    };
    const sendAll = async () => {
      if (isBusy || !waiting.length) return;
      isBusy = true;
      isLost = false;
      place.classList.add("sending"); // more at the same time would be two lists
      presses.hidden = true;
      unsaved.add(form); // leaving the page now would lose them
      words.textContent = `Sending ${some(waiting.length)}…`;
      const left = [];
      for (const [file, shown] of waiting) {
        const answer = await sendPhoto(place.dataset.adding, form, file, shown);
        if (answer === "arrived") arrived += 1;
        else left.push([file, shown]);
        isLost ||= answer === "lost";
      }
      waiting = left;
      isBusy = false;
      place.classList.remove("sending");
      if (!waiting.length) { showAll(); return; }
      words.textContent = `${arrived ? some(arrived) : "No photo"} arrived, ${waiting.length} did not.${isLost ? " Keep this page open and try again when the line is back." : ""}`;
      again.hidden = !isLost;
      without.textContent = arrived ? `Go on with ${some(arrived)}` : "Go on without";
      presses.hidden = false;
    };
    const press = () => { words.focus(); sendAll(); }; // the button goes; whoever is on it stays here
    again.addEventListener("click", press);
    without.addEventListener("click", showAll);
    window.addEventListener("online", () => { if (isLost) sendAll(); });
    for (const input of all("input[type=file]", place)) {
      input.closest("[hidden]")?.removeAttribute("hidden");
      input.addEventListener("change", () => {
        for (const file of input.files) waiting.push([file, line(file, list)]);
        input.value = "";
        sendAll();
      });
    }
  };

  // A finger that taps twice answers once: after a press the next question stands in the same place.
  document.addEventListener("click", (event) => {
    if (event.detail < 2 || !event.target.closest?.("#who button, #writing button")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { capture: true });

  // One name after the other: Enter takes the only name found, and after each the field is empty
  // and has the focus again. What was typed too fast for the server is taken when it has answered.
  const nextName = (input, list, names) => {
    if (!("nextName" in input.dataset) || !window.htmx) return;
    let found = input.value.trim(); // what the list was found with
    let waits = false;
    const take = () => {
      waits = false;
      const [first, second] = names();
      if (first && !second) first.click();
      else first?.focus();
    };
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // the form would load the page again
      if (!input.value.trim()) return;
      if (found === input.value.trim()) take();
      else waits = true;
    });
    list.addEventListener("htmx:afterSwap", (event) => {
      found = new URL(event.detail.xhr.responseURL).searchParams.get("q")?.trim() ?? "";
      if (waits && found === input.value.trim()) take();
    });
    document.addEventListener("htmx:afterRequest", ({ detail: { target, xhr, requestConfig } }) => {
      if (requestConfig.verb !== "post" || target?.id !== "in-it" || xhr.status >= 400) return;
      const pressed = (name) => requestConfig.formData.has(name);
      if (pressed("gone")) document.getElementById("s-people").focus();
      else if (pressed("calm") || pressed("doubt")) document.getElementById("s-writing").focus({ preventScroll: true });
      else if (!pressed("child") && !pressed("work")) document.getElementById("whose")?.focus({ preventScroll: true });
      if (!pressed("child") && !pressed("work")) return;
      input.value = found = "";
      waits = false;
      input.focus();
    });
  };

  // ── names found while typing: arrow keys go through them, and how many there are is said ──────
  const finding = (input) => {
    const list = document.getElementById(input.dataset.finds);
    const said = document.getElementById(`${input.dataset.finds}-said`);
    if (!list || input.dataset.finding) return;
    input.dataset.finding = "yes";
    const names = () => all("li", list).map((item) => item.querySelector("button"));
    const step = (event) => {
      const found = names();
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const at = found.findIndex((button) => button.closest("li").contains(document.activeElement));
      if (event.key === "Escape" && at >= 0) input.focus();
      else if (by && found.length && (at >= 0 || by > 0)) (found[at + by] ?? (at + by < 0 ? input : found.at(-1))).focus();
      else return;
      event.preventDefault();
    };
    input.addEventListener("keydown", step);
    list.addEventListener("keydown", step);
    nextName(input, list, names);
    list.addEventListener("htmx:afterSwap", () => {
      const count = names().length;
      said.textContent = !input.value.trim() ? "" : count === 0 ? list.textContent.trim() : count === 1 ? "1 pupil. Arrow down to go to the name." : `${count} pupils. Arrow down to go to the names.`;
    });
  };

  // ── counting characters here, where the count is plain; platforms' own counts are the server's ─
  const counter = (area) => {
    const most = Number(area.dataset.count);
    const place = document.querySelector(`[data-count-for="${CSS.escape(area.id)}"]`);
    if (!place || area.dataset.counting) return;
    area.dataset.counting = "yes";
    const say = () => {
      const used = [...area.value].length;
      place.textContent = most ? `${used} of ${most}` : `${used} characters`;
      place.classList.toggle("over-count", most > 0 && used > most);
    };
    area.addEventListener("input", say);
    say();
  };

  // ── dialogs ───────────────────────────────────────────────────────────────────────────────────
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog) {
      event.preventDefault();
      dialog.showModal();
    }
    const closer = event.target.closest("[data-close]");
    if (closer?.closest("dialog[open]")) {
      event.preventDefault();
      closer.closest("dialog").close();
    } else if (event.target.matches?.("dialog[open]")) event.target.close(); // a press beside it
  });

  // ── photos, large: arrow keys, swipe, Escape ──────────────────────────────────────────────────
  let viewer = null;
  let album = [];
  let shown = 0;

  const show = (index) => {
    shown = (index + album.length) % album.length;
    const link = album[shown];
    const image = viewer.querySelector("img");
    image.src = link.href;
    image.alt = link.querySelector("img")?.alt ?? "";
    viewer.querySelector("[data-where]").textContent = album.length > 1 ? `Photo ${shown + 1} of ${album.length}` : "Photo";
    viewer.querySelector("[data-words]").textContent = image.alt;
    for (const button of all("[data-step]", viewer)) button.hidden = album.length < 2;
  };

  const build = () => {
    const step = (by, words) => make("button", { class: "btn", type: "button", "data-step": String(by) }, words);
    viewer = make("dialog", { class: "viewer", "aria-label": "Photo, large" },
      make("div", { class: "bar" }, make("strong", { "data-where": "" }), make("button", { class: "btn", type: "button", "data-close": "" }, "Close")),
      make("img", { alt: "" }),
      make("div", { class: "bar" }, step(-1, "Back"), make("span", { class: "small", "data-words": "" }), step(1, "Next")));
    document.body.append(viewer);
    viewer.addEventListener("keydown", (e) => {
      if (e.key === "ArrowLeft" || e.key === "ArrowRight") show(shown + (e.key === "ArrowLeft" ? -1 : 1));
    });
    viewer.addEventListener("click", (e) => { if (e.target.dataset.step) show(shown + Number(e.target.dataset.step)); });
    let from = null;
    viewer.addEventListener("pointerdown", (e) => { from = e.clientX; });
    viewer.addEventListener("pointerup", (e) => {
      const moved = from === null ? 0 : e.clientX - from;
      from = null;
      if (Math.abs(moved) > 60) show(shown + (moved > 0 ? -1 : 1));
    });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-photo]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (!viewer) build();
    album = all("a[data-photo]");
    show(album.indexOf(link));
    viewer.showModal();
  });

  // ── signed out meanwhile: the sign-in page must not appear inside another page, and what was typed
  // stays. Signing in elsewhere makes the tokens of this page old, so it takes those of a fresh one.
  let signedOut = false;
  const isSignIn = (address) => Boolean(address) && new URL(address, location.href).pathname.startsWith("/sign-in/");
  const theirName = (page) => page.querySelector(".topbar .who > span")?.textContent ?? "";

  const say = (id, ...words) => {
    document.getElementById(id)?.remove();
    if (words.length) document.getElementById("messages").append(make("div", { class: "warning", id }, make("span"), make("p", {}, ...words)));
  };

  const signInAgain = () => {
    signedOut = true;
    if (document.getElementById("signed-out")) return;
    const link = make("a", { href: "/sign-in/", target: "_blank", rel: "noopener" }, "Sign in in a new tab");
    const again = make("button", { class: "btn btn-small", type: "button" }, "Save");
    again.addEventListener("click", () => comeBack(true));
    say("signed-out", "You were signed out. What you typed is still here, but not saved yet. ", link, ", come back to this page, then press Save. ", again);
  };

  // True once somebody is signed in again, the same as before, and this page's tokens are theirs.
  const renew = async () => {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || isSignIn(answer.url)) return false;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (theirName(fresh) !== theirName(document)) {
      say("someone-else", `${theirName(fresh) || "Somebody else"} is signed in now. Sign in as yourself to save what you typed.`);
      return false;
    }
    const token = fresh.querySelector("[name=csrfmiddlewaretoken]")?.value;
    for (const input of all("[name=csrfmiddlewaretoken]")) input.value = token;
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
    return true;
  };

  const comeBack = async (pressed) => {
    if (!signedOut) return true;
    let isBack = false;
    try { isBack = await renew(); } catch { /* the line is gone; that is said where it is noticed */ }
    if (!isBack) {
      if (pressed) document.querySelector("#signed-out a")?.focus();
      return false;
    }
    signedOut = false;
    say("signed-out");
    say("someone-else");
    for (const form of unsaved) {
      const field = form.querySelector(".live");
      if (form.isConnected && field && window.htmx) window.htmx.trigger(field, "change"); // saves as typing does
    }
    return true;
  };

  window.addEventListener("focus", () => comeBack(false));
  document.addEventListener("submit", async (event) => {
    if (!signedOut || !event.target.matches("form[method=post]")) return;
    event.preventDefault(); // its own page would be the sign-in page, and what was typed gone
    const { target, submitter } = event;
    if (await comeBack(true)) target.requestSubmit(submitter);
  }, true);

  // ── a save that the network held up must not undo the one after it: they are numbered ──────────
  // Goes on counting where a page that came back with its own mark had got to.
  let turn = Number(document.querySelector("form[data-guard] [name=turn]")?.value ?? 0);
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt.elements?.turn) event.detail.parameters.turn = String(++turn);
  });
  document.addEventListener("submit", (event) => {
    const field = event.target.elements.turn;
    if (field) field.value = String(++turn);
  });

  // ── words that would be lost ──────────────────────────────────────────────────────────────────
  const unsaved = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.form?.closest?.("form[data-guard]");
    if (form && event.isTrusted) unsaved.add(form);
  });
  document.addEventListener("submit", (event) => { if (!event.defaultPrevented) unsaved.clear(); });
  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt: form, xhr, requestConfig } = event.detail;
    // 422: what was typed has come back, not saved. The sign-in page is no answer at all.
    const isKept = form.matches?.("form[data-guard]") && !all("[data-keep]", form).some((field) => field.value);
    if (xhr.status < 400 && isKept && requestConfig.verb === "post" && !isSignIn(xhr.responseURL)) unsaved.delete(form);
  });

  // ── an answer of the server in the middle of a press waits for its end: a browser makes no click
  // of what is taken away between down and up, and a tick or a press would be lost.
  let isDown = false;
  const held = [];
  const isSpaceOn = (event) => event.key === " " && event.target.matches?.("button, summary, [type=checkbox], [type=radio]");
  const release = () => {
    if (!isDown) return;
    isDown = false;
    setTimeout(() => { for (const put of held.splice(0)) put(); }); // the click comes first
  };
  document.addEventListener("pointerdown", () => { isDown = true; }, true);
  document.addEventListener("keydown", (event) => { if (isSpaceOn(event)) isDown = true; }, true);
  for (const over of ["pointerup", "pointercancel", "dragend", "keyup"]) document.addEventListener(over, release, true);
  document.addEventListener("pointermove", (event) => { if (event.pointerType === "mouse" && !event.buttons) release(); }, true); // let go outside
  window.addEventListener("blur", release);
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = event;
    const { elt } = detail.requestConfig;
    if (!isDown || !detail.shouldSwap || isSignIn(detail.xhr.responseURL)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    held.push(() => {
      if (!detail.target.isConnected && !detail.target.id) return;
      keepTyped(detail.target);
      window.htmx.swap(detail.target.isConnected ? detail.target : `#${detail.target.id}`, detail.serverResponse,
        { swapStyle: elt.closest("[hx-swap]")?.getAttribute("hx-swap") ?? "innerHTML", swapDelay: 0, settleDelay: 20 },
        { contextElement: elt, eventInfo: detail });
    });
  });

  // Fields that only their own button saves: an answer of the server made meanwhile takes nothing
  // typed in them away, nor the place of the cursor.
  let typed = [];
  const keepTyped = (root) => {
    typed = all("[data-keep]", root).filter((field) => field.value || field === document.activeElement).map((field) => ({
      name: field.name, value: field.value, at: field === document.activeElement && [field.selectionStart, field.selectionEnd],
    }));
  };
  document.addEventListener("htmx:beforeSwap", (event) => keepTyped(event.detail.target));
  document.addEventListener("htmx:afterSwap", () => {
    for (const { name, value, at } of typed.splice(0)) {
      const field = document.getElementsByName(name)[0];
      if (!field) continue;
      field.value = value;
      if (!at) continue;
      field.focus({ preventScroll: true });
      field.setSelectionRange(...at);
    }
  });
  window.addEventListener("beforeunload", (event) => { if ([...unsaved].some((form) => form.isConnected)) event.preventDefault(); });

  // ── words of a channel's own: there as soon as it is ticked; not ticked they are out of sight, kept
  document.addEventListener("change", ({ target }) => {
    const place = target.dataset?.shows && document.getElementById(target.dataset.shows);
    if (place) place.hidden = !target.checked;
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-writes]");
    const place = link && document.getElementById(link.hash.slice(1));
    if (!place) return;
    event.preventDefault();
    place.hidden = false;
    place.open = true;
    place.querySelector("textarea").focus();
  });

  // ── small things ──────────────────────────────────────────────────────────────────────────────
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-put]");
    const field = button && document.getElementById(button.dataset.put);
    if (!field) return;
    field.value = button.dataset.value;
    const secret = field.form.querySelector("input[type=password]");
    if (secret && button.dataset.secret) secret.value = button.dataset.secret;
    field.form.querySelector("button[type=submit], .btn-primary").focus();
  });

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    const source = button && document.getElementById(button.dataset.copy);
    if (!source) return;
    source.select?.();
    let said = "Copied";
    try {
      await navigator.clipboard.writeText(source.value ?? source.textContent);
    } catch {
      said = "Selected: now copy it"; // no clipboard for us; the words stay selected
    }
    button.dataset.before ??= button.textContent;
    button.setAttribute("aria-live", "polite");
    button.textContent = said;
    setTimeout(() => { button.textContent = button.dataset.before; }, 2500);
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig } = event.detail;
    if (!isSignIn(xhr.responseURL) || requestConfig.path.startsWith("/sign-in/")) return;
    event.detail.shouldSwap = false;
    if ([...unsaved].some((form) => form.isConnected)) signInAgain();
    else location.reload();
  });

  // A lost line says so, once, where messages are read out.
  document.addEventListener("htmx:sendError", () => {
    const place = document.getElementById("messages");
    if (place && !place.querySelector("[data-lost]"))
      place.append(make("div", { class: "warning", "data-lost": "" }, make("span"), make("p", {}, "The line is gone. What you see may be old; what you type is not saved until it is back.")));
  });
  document.addEventListener("htmx:afterOnLoad", () => document.querySelector("[data-lost]")?.remove());

  const wake = (root) => {
    const each = (selector, what) => {
      if (root.matches?.(selector)) what(root);
      all(selector, root).forEach(what);
    };
    each("[data-combobox]", combobox);
    each("form[data-upload]", upload);
    each("[data-adding]", adding);
    each("[data-finds]", finding);
    each("[data-count]", counter);
    each("[data-put]", (button) => { button.hidden = false; });
  };
  wake(document);
  document.addEventListener("htmx:load", (event) => {
    const root = event.detail.elt;
    wake(root);
    // Typed while the page was still loading, when nobody listened yet.
    for (const input of all("input[hx-trigger~=typed]", root))
      if (input.value !== input.defaultValue) window.htmx.trigger(input, "typed");
  });
  document.querySelector(".nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
})();
