// What Chromium does in page.html, where it draws every image of `dashboard.export`.
window.exportPage = (() => {
  const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
  const paper = document.getElementById("paper");
  const refused = [];
  document.addEventListener("securitypolicyviolation", (event) => refused.push(event.blockedURI));

  // Plotly takes the ids of clip paths from Math.random: the same seed, the same bytes.
  function seedRandom(seed) {
    Math.random = () => {
      seed = (seed + 0x6d2b79f5) | 0;
      let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
  }

  // The faces that text on the paper asks for, as [family, weight], each once.
  function facesAskedFor() {
    const faces = new Map();
    const walk = document.createTreeWalker(paper, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      if (walk.currentNode.data.trim() && walk.currentNode.parentElement.closest("text")) {
        const { fontFamily, fontWeight } = getComputedStyle(walk.currentNode.parentElement);
        const family = fontFamily.split(",")[0].trim().replace(/^["']|["']$/g, "");
        faces.set(`${family} ${fontWeight}`, [family, Number(fontWeight)]);
      }
    }
    return [...faces.values()];
  }

  // The page's own font rules, their files in them, for the families that text on the paper asks for.
  function rulesAskedFor() {
    const families = new Set(facesAskedFor().map(([family]) => family));
    const isAsked = (rule) =>
      rule instanceof CSSFontFaceRule &&
      families.has(rule.style.getPropertyValue("font-family").replace(/["']/g, ""));
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
    return rules.filter(isAsked).map((rule) => rule.cssText).join("");
  }

  // Whether the figure paints no paper of its own, or lets what lies under it shine through.
  function isClear() {
    const ground = paper.querySelector("svg > rect");
    return !ground || Number(getComputedStyle(ground).fillOpacity) < 1;
  }

  // Plotly sets attributes in an order that depends on what it drew before.
  function sortAttributes() {
    for (const element of paper.querySelectorAll("*")) {
      const attributes = [...element.attributes].sort((one, two) => (one.name < two.name ? -1 : 1));
      attributes.forEach((attribute) => element.removeAttributeNode(attribute));
      attributes.forEach((attribute) => element.setAttributeNode(attribute));
    }
  }

  const kinds = Plotly.PlotSchema.get().traces;

  return {
    // Loads every font of the page, so that the first image is measured and painted with them.
    async loadFonts() {
      await Promise.allSettled([...document.fonts].map((face) => face.load()));
      return [...document.fonts].map((face) => `${face.family} ${face.weight} ${face.status}`);
    },

    // Draws a figure on the paper; with isFile, returns its SVG too.
    async draw(figure, seed, isFile) {
      const { data, layout, config } = JSON.parse(figure);
      const size = { width: layout.width, height: layout.height };
      // Plotly draws a kind that it does not have as points, without a word.
      const strange = data.find(({ type = "scatter" }) => !Object.hasOwn(kinds, type));
      if (strange) {
        throw new Error(`there is no trace of type ${strange.type} here`);
      }
      paper.replaceChildren(); // Plotly avoids the ids that stand on the page
      seedRandom(seed);
      refused.length = 0;
      const drawn = await Plotly.toImage(
        { data, layout, config: config || {} },
        { format: "svg", imageDataOnly: true, ...size },
      );
      await new Promise((resume) => setTimeout(resume));
      if (refused.length) {
        throw new Error(`it asks for ${refused[0]}, and nothing is fetched from any network`);
      }
      const svg = new DOMParser().parseFromString(drawn.replace(NOT_XML, ""), "image/svg+xml");
      if (svg.querySelector("parsererror")) {
        throw new Error("its SVG is not well-formed");
      }
      paper.replaceChildren(document.importNode(svg.documentElement, true));
      const rasters = paper.querySelectorAll("image").length;
      if (!isFile) {
        return { svg: "", faces: [], rasters };
      }
      sortAttributes();
      const text = new XMLSerializer().serializeToString(paper.firstChild);
      return { svg: text, faces: facesAskedFor(), rasters };
    },

    // Puts a canvas with the drawing in place of the drawing, painted as assets/download.js paints
    // it in the reader's browser, so that both give the same pixels; returns its size.
    async paint(width, height, scale) {
      const [svg, ground] = [paper.firstChild.cloneNode(true), { isClear: isClear() }];
      // An image's size is in whole px; what goes beyond the canvas is cut.
      const [wide, tall] = [Math.ceil(width), Math.ceil(height)];
      for (const [name, value] of [["width", wide], ["height", tall], ["viewBox", `0 0 ${wide} ${tall}`]]) {
        svg.setAttribute(name, value);
      }
      const style = document.createElementNS(svg.namespaceURI, "style");
      style.textContent = rulesAskedFor();
      svg.prepend(style);
      const file = new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" });
      const image = new Image(wide, tall);
      image.src = URL.createObjectURL(file);
      try {
        await image.decode();
        const whole = (length) => Math.floor(length * scale + 1e-6);
        const canvas = document.createElement("canvas");
        Object.assign(canvas, { width: whole(width), height: whole(height) });
        const context = canvas.getContext("2d");
        context.drawImage(image, 0, 0, wide * scale, tall * scale);
        paper.replaceChildren(canvas);
        return { width: canvas.width, height: canvas.height, ...ground };
      } finally {
        URL.revokeObjectURL(image.src);
      }
    },
  };
})();
