"""The table of events on the page."""

from __future__ import annotations

import dash_ag_grid as dag

from dashboard.app import ids

# A number is written as everywhere else, 1,193; an unknown one stays empty.
WRITTEN = "params.value == null ? '' : d3.format(',')(params.value)"


def grid() -> dag.AgGrid:
    """Return the table; its rows come page by page from `rows`."""
    text = {"filter": "agTextColumnFilter"}
    count = {
        "filter": "agNumberColumnFilter",
        "type": "rightAligned",
        "maxWidth": 112,
        "valueFormatter": {"function": WRITTEN},
    }
    return dag.AgGrid(
        id=ids.ROWS,
        rowModelType="infinite",
        columnDefs=[
            {"field": "date", "headerName": "Date", **text, "minWidth": 130, "maxWidth": 200},
            {"field": "title", "headerName": "Event", **text, "minWidth": 240, "flex": 3},
            {"field": "place", "headerName": "Place", **text, "minWidth": 130, "flex": 1},
            {"field": "country", "headerName": "Country", **text, "minWidth": 100, "maxWidth": 130},
            {"field": "type", "headerName": "Type", **text, "minWidth": 120, "maxWidth": 170},
            {
                "field": "sides",
                "headerName": "Initiator → target",
                **text,
                "minWidth": 150,
                "flex": 1,
            },
            {"field": "killed", "headerName": "Killed", **count},
            {"field": "range", "headerName": "Low–high", "maxWidth": 112, "sortable": False},
            {"field": "wounded", "headerName": "Wounded", **count},
            {"field": "sources", "headerName": "Sources", **count},
        ],
        defaultColDef={"sortable": True, "resizable": True},
        dashGridOptions={
            "rowSelection": {
                "mode": "singleRow",
                "checkboxes": False,
                "enableClickSelection": True,
            },
            "cacheBlockSize": 100,
            "maxBlocksInCache": 20,
            "rowHeight": 34,
            "headerHeight": 36,
        },
        getRowId="params.data.event_id",
        className="grid",
        dangerously_allow_code=False,
    )
