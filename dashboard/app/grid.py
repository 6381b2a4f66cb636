"""The table of events on the page."""

from __future__ import annotations

import dash_ag_grid as dag

from dashboard.app import ids

# A number is written as everywhere else, 1,193; an unknown one stays empty.
WRITTEN = "params.value == null ? '' : d3.format(',')(params.value)"


def grid() -> dag.AgGrid:
    """Return the table; its rows come page by page from `rows`."""
    # Two lines: a title is the row's name, and cut short it names nothing.
    text = {"filter": "agTextColumnFilter", "wrapText": True}
    count = {
        "filter": "agNumberColumnFilter",
        "type": "rightAligned",
        "valueFormatter": {"function": WRITTEN},
    }
    return dag.AgGrid(
        id=ids.ROWS,
        rowModelType="infinite",
        columnDefs=[
            {"field": "date", "headerName": "Date", **text, "width": 127},
            {"field": "title", "headerName": "Event", **text, "minWidth": 237, "flex": 3},
            {"field": "place", "headerName": "Place", **text, "minWidth": 104, "flex": 1},
            {"field": "country", "headerName": "Country", **text, "width": 102},
            {"field": "type", "headerName": "Type", **text, "width": 106},
            {
                "field": "sides",
                "headerName": "Initiator → target",
                **text,
                "minWidth": 124,
                "flex": 1,
            },
            {"field": "killed", "headerName": "Killed", **count, "width": 72},
            {
                "field": "range",
                "headerName": "Low–high",
                "wrapText": True,
                "width": 78,
                "sortable": False,
            },
            {"field": "wounded", "headerName": "Wounded", **count, "width": 98},
            {"field": "sources", "headerName": "Sources", **count, "width": 86},
        ],
        defaultColDef={"sortable": True, "resizable": True, "wrapHeaderText": True},
        dashGridOptions={
            "rowSelection": {
                "mode": "singleRow",
                "checkboxes": False,
                "enableClickSelection": True,
            },
            "localeText": {"noRowsToShow": "No event to show."},
            "cacheBlockSize": 100,
            "maxBlocksInCache": 20,
            "rowHeight": 39,
            "headerHeight": 42,
        },
        getRowId="params.data.event_id",
        className="grid",
        dangerously_allow_code=False,
    )
