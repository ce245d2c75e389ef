// What a person has typed survives the client's take-over.
//
// The client draws the page anew: it replaces the body's first element. Right after that, and before the
// browser paints, this script takes what stood in the fields of the old page, the focus and the caret, puts
// them into the fields of the new one, and tells the client by "input" events. It also says when taking over
// would disturb nothing (doorwardSettled), and marks the button of a form that the browser itself sends.
(function () {
  "use strict";
  var focused = document.activeElement === document.body ? null : document.activeElement; // the field that has the focus, also just after it was taken from the page
  var composing = false; // an input method is in the middle of a character
  var pressing = false; // a pointer, Enter or the space bar is down: its click is still to come
  var leaving = false; // the browser is sending a form
  var sending = null; // which one
  var sent = 0; // when it began to
  var root = document.documentElement;

  document.addEventListener("focusin", function (event) { focused = event.target; });
  document.addEventListener("focusout", function (event) {
    // Taking a field from the page takes its focus too; the carrying comes before this timer.
    var field = event.target;
    setTimeout(function () {
      if (focused === field && document.activeElement !== field) focused = null;
    });
  });
  document.addEventListener("compositionstart", function () { composing = true; });
  document.addEventListener("compositionend", function () { composing = false; });

  function press() { pressing = true; }
  function release() { setTimeout(function () { pressing = false; }); }
  function isPressKey(event) { return event.key === "Enter" || event.key === " "; }
  document.addEventListener("pointerdown", press, true);
  document.addEventListener("pointerup", release, true);
  document.addEventListener("pointercancel", release, true);
  document.addEventListener("keydown", function (event) { if (isPressKey(event)) press(); }, true);
  document.addEventListener("keyup", function (event) { if (isPressKey(event)) release(); }, true);
  window.addEventListener("blur", release);

  window.addEventListener("submit", function (event) {
    if (event.defaultPrevented) return; // the client has it
    if (root.classList.contains("client")) return; // a file that is saved: the page stays
    if (leaving && sending === event.target && performance.now() - sent < 5000) {
      event.preventDefault(); // Enter again: a code is good for one time only. To leave by another form is meant.
      return;
    }
    leaving = true;
    sending = event.target;
    sent = performance.now();
    keepNames(event.target);
    if (event.submitter) event.submitter.classList.add("busy");
  });
  // What is refused without the client comes back as an empty form. Names and addresses are kept for this one trip, so
  // that nobody types them again; passwords and codes never are.
  var keptUnder = "doorward-names";
  function namesOf(form) {
    return Array.from(form.elements).filter(function (field) {
      return field.name && /\b(username|name|email|organization)\b/.test(field.autocomplete || "");
    });
  }
  function keepNames(form) {
    var kept = { to: form.getAttribute("action"), names: namesOf(form).map(function (field) { return [field.name, field.value]; }) };
    try {
      if (kept.names.length > 0) sessionStorage.setItem(keptUnder, JSON.stringify(kept));
    } catch (e) {
      // Storage is switched off: they are typed again.
    }
  }
  function giveNamesBack() {
    try {
      var kept = JSON.parse(sessionStorage.getItem(keptUnder));
      sessionStorage.removeItem(keptUnder);
    } catch (e) {
      return;
    }
    if (!kept || !/[?&](code|p\.[a-z_]+)=/.test(location.search)) return;
    Array.from(document.forms).forEach(function (form) {
      if (form.getAttribute("action") !== kept.to) return;
      namesOf(form).forEach(function (field) {
        var was = kept.names.find(function (pair) { return pair[0] === field.name; });
        if (was && field.value === "") field.value = was[1];
      });
    });
  }
  giveNamesBack();

  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    leaving = false; // back again, by the browser's own cache of pages
    document.querySelectorAll("button.busy").forEach(function (button) { button.classList.remove("busy"); });
  });

  // A browser may show a filled-in password and not tell it to scripts until the person has touched the page.
  // Taking over before that would lose it.
  function holdsUntoldFill() {
    try {
      return Array.from(document.querySelectorAll("input:autofill")).some(function (field) { return field.value === ""; });
    } catch (e) {
      return false; // the browser does not know :autofill
    }
  }

  // A page that needs the client is there to be read before it. What is pressed there by then shows that it is
  // at work (style.css), and is pressed for the person once the client has drawn the page anew.
  var asked = null;
  document.addEventListener("click", function (event) {
    var button = event.target instanceof Element && event.target.closest("main button[type=button]");
    if (!button || root.dataset.client !== "now" || root.classList.contains("client") || button.closest("[data-theme-switch]")) return;
    if (asked) asked.classList.remove("busy");
    asked = button;
    asked.classList.add("busy");
  });

  function buttons(root) { return Array.from(root.querySelectorAll("main button")); }

  // The same button has the same words at the same place among those that have them. The client may draw once more
  // before it is pressed, and give the element to another button.
  function pressAgain(from, to) {
    if (!asked || !from.contains(asked)) return;
    var was = asked;
    function like(button) { return button.textContent === was.textContent; }
    var now = buttons(to).filter(like)[buttons(from).filter(like).indexOf(was)];
    asked = null;
    if (now) setTimeout(function () { if (now.isConnected && like(now)) now.click(); });
  }

  window.doorwardSettled = function () {
    return new Promise(function (settled) {
      (function look() {
        if (composing || pressing || leaving || holdsUntoldFill()) setTimeout(look, 40);
        else settled();
      })();
    });
  };

  function fields(root) {
    return Array.from(root.querySelectorAll("input[name], textarea[name], select[name]"));
  }

  function touched(field) {
    if (field.type === "hidden") return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    return field.value !== (field.defaultValue || "");
  }

  function twin(field, root) {
    return fields(root).find(function (other) {
      return other.name === field.name && other.id === field.id;
    });
  }

  function carry(from, to) {
    fields(from).filter(touched).forEach(function (old) {
      var now = twin(old, to);
      if (!now) return;
      now.value = old.value;
      if ("checked" in old) now.checked = old.checked;
      if (old === focused) carryFocus(old, now);
      now.dispatchEvent(new Event(now.type === "checkbox" ? "change" : "input", { bubbles: true }));
    });
    if (!focused || !from.contains(focused)) return;
    var now = (focused.name && twin(focused, to)) || (focused.id && document.getElementById(focused.id));
    if (now) carryFocus(focused, now);
    from.querySelectorAll("details[open] > summary").forEach(function (summary) {
      var same = Array.from(to.querySelectorAll("details > summary")).find(function (other) {
        return other.getAttribute("aria-label") === summary.getAttribute("aria-label");
      });
      if (same) same.parentElement.open = true;
    });
  }

  function carryFocus(old, now) {
    if (document.activeElement !== now) now.focus({ preventScroll: true });
    try {
      if (old.selectionStart !== null) now.setSelectionRange(old.selectionStart, old.selectionEnd, old.selectionDirection);
    } catch (e) {
      // This kind of field has no caret to set.
    }
  }

  var watch = new MutationObserver(function (changes) {
    changes.forEach(function (change) {
      var old = Array.from(change.removedNodes).find(function (node) { return node.nodeType === Node.ELEMENT_NODE; });
      var now = document.body.firstElementChild;
      if (!old || !now) return;
      watch.disconnect(); // the first replacement is the take-over
      carry(old, now);
      pressAgain(old, now);
    });
  });
  watch.observe(document.body, { childList: true });
})();
