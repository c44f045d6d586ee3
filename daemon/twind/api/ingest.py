"""Routes that take in content."""

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import ValidationError
from starlette.datastructures import UploadFile

from twinctl.wire.errors import Failure
from twinctl.wire.faults import fault_words
from twinctl.wire.jobs import Accepted, AcceptedFiles
from twinctl.wire.sources import FileIn, FilesIn, TextIn, UploadIn, UrlIn
from twind.api.context import Scope, ScopeDep, ServicesDep, check_may_name_paths
from twind.api.jobs import job_out
from twind.api.sources import source_out
from twind.domain.keys import Scope as KeyScope
from twind.errors import InvalidInput
from twind.ingest.intake import Intake, Taken
from twind.serving.scopes import needs

router = APIRouter(prefix="/ingest", tags=["ingest"], dependencies=[needs(KeyScope.SOURCES_WRITE)])

_FILE = {"type": "string", "format": "binary"}
_FORM = UploadIn.model_json_schema()
FILE_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": FileIn.model_json_schema()},
            "multipart/form-data": {
                "schema": {**_FORM, "properties": {"file": _FILE, **_FORM["properties"]}}
            },
        },
    }
}


@router.post("/file/{twin_id}", status_code=202, openapi_extra=FILE_BODY)
async def ingest_file(scope: ScopeDep, services: ServicesDep, request: Request) -> Accepted:
    """Ingest a file: its bytes as the multipart field `file`, or its path as JSON (no key may)."""
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        async with request.form(max_files=1, max_fields=1) as form:
            upload, title = form.get("file"), form.get("title")
            if not isinstance(upload, UploadFile):
                raise InvalidInput("the form has no field `file` with a file")
            taken = await run_in_threadpool(_take_upload, services.intake, scope, upload, title)
    else:
        body = await request.body()
        taken = await run_in_threadpool(_take_path, services.intake, scope, body)
    return accepted(taken)


@router.post("/files/{twin_id}", status_code=202)
def ingest_files(scope: ScopeDep, services: ServicesDep, files: FilesIn) -> AcceptedFiles:
    """Ingest files of this machine by their paths (no key may); one refused hinders no other."""
    check_may_name_paths(scope.grant)
    taken = services.intake.take_paths(scope.tenant, scope.twin, files.paths)
    return AcceptedFiles(files=[_accepted_or_refused(each) for each in taken])


@router.post("/text/{twin_id}", status_code=202)
def ingest_text(scope: ScopeDep, services: ServicesDep, text: TextIn) -> Accepted:
    """Ingest text; the same title again replaces it."""
    return accepted(services.intake.take_text(scope.tenant, scope.twin, text.text, text.title))


@router.post("/url/{twin_id}", status_code=202)
def ingest_url(scope: ScopeDep, services: ServicesDep, page: UrlIn) -> Accepted:
    """Ingest a page or document of the web; the same address again brings it up to date."""
    return accepted(services.intake.take_url(scope.tenant, scope.twin, page.url, page.title))


@router.post("/youtube/{twin_id}", status_code=202)
def ingest_youtube(scope: ScopeDep, services: ServicesDep, video: UrlIn) -> Accepted:
    """Ingest the captions of a video, by any of its addresses."""
    taken = services.intake.take_youtube(scope.tenant, scope.twin, video.url, video.title)
    return accepted(taken)


def _take_upload(intake: Intake, scope: Scope, upload: UploadFile, title: object) -> Taken:
    try:
        beside = UploadIn.model_validate({"title": title or None})
    except ValidationError as error:
        raise InvalidInput(fault_words(error.errors()[0])) from error
    name = upload.filename or "upload"
    return intake.take_upload(scope.tenant, scope.twin, upload.file, name, beside.title)


def _take_path(intake: Intake, scope: Scope, body: bytes) -> Taken:
    check_may_name_paths(scope.grant)
    try:
        file = FileIn.model_validate_json(body)
    except ValidationError as error:
        raise InvalidInput('the body must be {"path": …} or a multipart form') from error
    return intake.take_path(scope.tenant, scope.twin, file.path, file.title)


def accepted(taken: Taken) -> Accepted:
    """Return what was taken in as it travels."""
    source, job = taken
    return Accepted(source=source_out(source), job=job_out(job))


def _accepted_or_refused(taken: Taken | InvalidInput) -> Accepted | Failure:
    if isinstance(taken, InvalidInput):
        return Failure(code=taken.code, message=taken.message, hint=taken.hint)
    return accepted(taken)
