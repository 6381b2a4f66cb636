/* Plotly draws the ground of a map (land, water, borders) afresh with every change of its marks, at a third of the
   map's cost. The ground changes with the view and the theme alone: while both stay, so do its paths. */
(() => {
  /* What its layers look like, and where the map looks. Objects that plotly keeps there lead back to the figure. */
  const looks = (map, layout) =>
    JSON.stringify([
      map.topojsonName,
      map.hasChoropleth,
      ...Object.entries(layout).filter(([name, value]) => name[0] !== "_" && typeof value !== "object"),
    ]);
  const view = ({ projection }, { type }) =>
    JSON.stringify([type, projection.scale(), projection.translate(), projection.rotate(), projection.center(), projection.clipExtent()]);

  /* Teach the maps of a figure; once is enough, for they share a prototype. A plotly that is built otherwise is left as it is. */
  const keepGround = (graph) => {
    const map = graph._fullLayout?.geo?._subplot;
    const kind = map && Object.getPrototypeOf(map);
    if (!kind?._render || !kind.updateBaseLayers || kind.keepsGround) return;
    kind.keepsGround = true;
    const { updateBaseLayers, _render } = kind;
    kind.updateBaseLayers = function (full, layout) {
      const now = looks(this, layout);
      const hasGrid = layout.lonaxis?.showgrid || layout.lataxis?.showgrid;
      this.groundStays = !hasGrid && now === this.groundLooks;
      this.groundLooks = now;
      if (!this.groundStays) updateBaseLayers.call(this, full, layout);
    };
    kind._render = function () {
      const now = view(this, this.graphDiv._fullLayout[this.id].projection);
      const stays = this.groundStays && now === this.groundView;
      this.groundView = now;
      this.groundStays = true;
      const paths = this.basePaths;
      if (stays) this.basePaths = {};
      try {
        _render.call(this);
      } finally {
        this.basePaths = paths;
      }
    };
  };
  window.conflict.keepGround = keepGround;
})();
