"""The names by which columns of plain tables say what they are."""

from __future__ import annotations

# By our column, the likeliest first; a letter or digit counts, what stands between does not, and
# letters are without their accents (`engine.fold`): "Täter" is tater, or taeter where so written.
# English first, then German, French, Spanish, Portuguese. Left out is what may mean something else:
# Opfer and víctimas (targets, or a number), Autor (of the text), data (a date in Portuguese alone).
# `event_id`, `year`, `month`, `day`, `coordinates`, `source`, `source_url` and `published_date` are
# no columns of our events, but a table may have them. The last is the day of the report and never
# one of the event; "published" alone may be yes or no.
GUESSES: dict[str, tuple[str, ...]] = {
    "event_id": ("event_id", "eventid", "id", "uid", "incident_id", "record_id", "unique_id"),
    "start_date": (
        *("start_date", "date_start", "startdate", "event_date", "eventdate", "incident_date"),
        *("date", "date_of_event", "date_of_incident", "date_of_attack", "begin_date", "begin"),
        *(
            "start",
            "start_time",
            "when",
            "timestamp",
            "datetime",
            "point_in_time",
            "datum",
            "fecha",
        ),
        *("startdatum", "beginn", "date_debut", "date_de_debut", "debut"),
        *("fecha_inicio", "fecha_de_inicio", "inicio", "data_inicio", "data_de_inicio"),
    ),
    "end_date": (
        *("end_date", "date_end", "enddate", "end", "end_time", "date_to", "finish", "ended"),
        *("enddatum", "ende", "date_fin", "date_de_fin", "fin", "fecha_fin", "fecha_de_fin"),
        *("data_fim", "data_de_fim", "fim"),
    ),
    "year": ("year", "iyear", "jahr", "annee", "ano"),
    "month": ("month", "imonth", "monat", "mois", "mes"),
    "day": ("day", "iday", "tag", "jour", "dia"),
    "date_precision": ("date_precision", "date_prec", "time_precision", "datum_precision"),
    "country_code": (
        *("country_code", "iso3", "iso_a3", "countrycode", "country_iso3", "country", "iso"),
        *("country_txt", "country_name", "land", "pays", "pais"),
    ),
    "admin1": (
        *("admin1", "adm1", "adm_1", "adm1_name", "admin1_name", "province", "governorate"),
        *("state", "provstate", "department", "oblast", "admin"),
    ),
    "place": (
        *("place", "place_name", "location", "city", "town", "village", "settlement", "site"),
        *("locality", "municipality", "where", "where_coordinates", "ort", "lieu", "lugar"),
        *("ortschaft", "stadt", "localite", "ville", "localidad", "ciudad", "municipio"),
        *("localidade", "cidade", "local"),
    ),
    "latitude_deg": (
        *("latitude_deg", "latitude", "lat", "y", "breite", "latitud", "point_y", "breitengrad"),
        *("geografische_breite", "geographische_breite"),
    ),
    "longitude_deg": (
        *("longitude_deg", "longitude", "lon", "lng", "long", "x", "laenge", "longitud", "point_x"),
        *("lange", "langengrad", "laengengrad", "geografische_lange", "geographische_lange"),
    ),
    "coordinates": ("coordinates", "coord", "coords", "geom_wkt", "wkt", "geometry", "point"),
    "geo_precision": ("geo_precision", "location_precision", "where_prec"),
    "event_type": (
        *("event_type", "eventtype", "type", "attack_type", "incident_type", "type_of_event"),
        *("category", "kind", "attacktype1_txt", "sub_event_type", "typ", "tipo"),
        *("instance", "instance_of"),
    ),
    "initiators": (
        *("initiators", "initiator", "perpetrator", "perpetrators", "attacker", "attackers"),
        *("actor1", "side_a", "actor", "actors", "group", "gname", "perpetrator_group"),
        *("responsible", "armed_group", "tater", "taeter", "angreifer", "akteur", "gruppe"),
        *("assaillant", "assaillants", "agresseur", "agresseurs", "acteur", "groupe"),
        *("perpetrador", "perpetradores", "atacante", "atacantes", "agresor", "agresores"),
        *("agressor", "agressores", "ator", "grupo"),
    ),
    "targets": (
        *("targets", "target", "victim", "victims", "actor2", "side_b", "target_type"),
        *("ziel", "ziele", "cible", "cibles", "objetivo", "objetivos", "alvo", "alvos"),
    ),
    "attribution": ("attribution",),
    "killed_low": (
        *("killed_low", "deaths_low", "fatalities_low", "low", "deaths_min", "killed_min"),
        *("min_deaths", "fatalities_min", "minimum_deaths"),
    ),
    "killed_best": (
        *("killed_best", "best", "killed", "deaths", "fatalities", "dead", "nkill", "death_toll"),
        *("number_of_deaths", "deaths_best", "casualties_killed", "victims_killed", "tote"),
        *("num_killed", "total_killed", "total_deaths", "kills", "fatality_count", "muertos"),
        *("todesopfer", "getotete", "getoetete", "morts", "tues", "deces", "nombre_de_morts"),
        *("fallecidos", "muertes", "numero_de_muertos", "mortos", "mortes", "numero_de_mortos"),
    ),
    "killed_high": (
        *("killed_high", "deaths_high", "fatalities_high", "high", "deaths_max", "killed_max"),
        *("max_deaths", "fatalities_max", "maximum_deaths"),
    ),
    "wounded_low": ("wounded_low", "injured_low", "wounded_min", "injured_min"),
    "wounded_best": (
        *("wounded_best", "wounded", "injured", "injuries", "nwound", "number_of_injured"),
        *("num_injured", "total_injured", "verletzte", "heridos"),
        *("verwundete", "blesses", "nombre_de_blesses", "numero_de_heridos", "feridos"),
        *("numero_de_feridos",),
    ),
    "wounded_high": ("wounded_high", "injured_high", "wounded_max", "injured_max"),
    "displaced": (
        *("displaced", "displacement", "idps", "vertriebene", "deplaces", "desplazados"),
        *("deslocados",),
    ),
    "title": (
        "title",
        "headline",
        "name",
        "event",
        "event_name",
        "titel",
        "titre",
        "label",
        "titulo",
    ),
    "summary": (
        *("summary", "description", "notes", "text", "details", "narrative", "comment"),
        *("comments", "note", "beschreibung", "desc", "descripcion", "descricao"),
    ),
    "source": (
        *("source", "sources", "publisher", "reference", "references", "quelle", "quellen"),
        *("fuente", "fuentes", "fonte", "fontes"),
    ),
    "source_url": ("source_url", "url", "link", "source_link", "links", "website", "uri"),
    "published_date": (
        *("published_date", "publication_date", "report_date", "reported_date", "source_date"),
        *("date_reported", "date_published", "date_of_report", "date_of_publication"),
        *("reported_on", "published_on", "reporting_date", "publish_date", "date_of_source"),
        *("meldedatum", "berichtsdatum", "veroffentlichungsdatum", "veroeffentlichungsdatum"),
        *("erscheinungsdatum", "gemeldet_am", "veroffentlicht_am", "veroeffentlicht_am"),
        *("date_de_publication", "date_publication", "date_du_rapport", "publie_le"),
        *("fecha_de_publicacion", "fecha_publicacion", "fecha_del_informe", "fecha_de_informe"),
        *("fecha_de_reporte", "fecha_del_reporte", "fecha_reporte", "publicado_el"),
        *("data_de_publicacao", "data_da_publicacao", "data_publicacao", "data_do_relatorio"),
        *("data_do_relato", "publicado_em"),
    ),
}
