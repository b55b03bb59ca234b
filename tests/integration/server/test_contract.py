"""What the client and the demo office say to each other."""

from __future__ import annotations

import re
from typing import Any

import requests
from fastapi.openapi.models import OpenAPI

from app.server.problems import KINDS, Problem, ProblemType
from app.workflow.documents import Queue, Role, Secrecy
from tests.integration.server.conftest import DRAFT, Running

PATHS = {
    "/v1/me": {"get"},
    "/v1/tasks": {"get"},
    "/v1/documents/{document_id}": {"get"},
    "/v1/documents/{document_id}/files/{file_id}/content": {"get"},
    "/v1/documents/{document_id}/files/{file_id}/revisions": {"post"},
    "/v1/documents/{document_id}/number": {"post"},
    "/v1/documents/{document_id}/forward": {"post"},
    "/v1/documents/{document_id}/return": {"post"},
    "/v1/incoming": {"post"},
    "/v1/events": {"get"},
}


def _get(office: Running, path: str, user_id: str = "giamdoc", **headers: str) -> requests.Response:
    token = office.access_token(user_id)
    return requests.get(
        office.url + path, headers={"Authorization": f"Bearer {token}", **headers}, timeout=10
    )


def _published(office: Running) -> dict[str, Any]:
    answer: dict[str, Any] = requests.get(f"{office.url}/openapi.json", timeout=10).json()
    return answer


def test_the_published_description_is_openapi_3_1(office: Running) -> None:
    published = _published(office)
    assert published["openapi"].startswith("3.1.")
    assert OpenAPI.model_validate(published).info.version == "1"


def test_the_published_description_has_every_call_of_the_contract(office: Running) -> None:
    assert {path: set(calls) for path, calls in _published(office)["paths"].items()} == PATHS


def test_every_reference_of_the_published_description_leads_somewhere(office: Running) -> None:
    published = _published(office)
    names = set(re.findall(r'"#/components/schemas/([^"]+)"', str(published).replace("'", '"')))
    assert names
    assert names <= set(published["components"]["schemas"])


def test_refusals_are_published_as_problem_details(office: Running) -> None:
    responses = _published(office)["paths"]["/v1/documents/{document_id}/number"]["post"][
        "responses"
    ]
    assert set(responses["4XX"]["content"]) == {"application/problem+json"}


def test_a_refusal_has_a_stable_type_and_two_titles(office: Running) -> None:
    response = _get(office, "/v1/documents/khong-co")
    problem = Problem.model_validate_json(response.content)
    kind = KINDS[ProblemType.NOT_FOUND]
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
    assert (problem.type, problem.status) == (ProblemType.NOT_FOUND.value, 404)
    assert (problem.title, problem.title_en) == (kind.title, kind.title_en)


def test_a_call_without_a_token_is_refused_as_a_problem(office: Running) -> None:
    response = requests.get(f"{office.url}/v1/me", timeout=10)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert response.json()["type"] == ProblemType.SIGN_IN.value


def test_an_unknown_path_is_a_problem_too(office: Running) -> None:
    response = _get(office, "/v1/khong-co")
    assert response.json()["type"] == ProblemType.NOT_FOUND.value


def test_an_unknown_queue_is_a_problem_that_names_the_place(office: Running) -> None:
    response = _get(office, "/v1/tasks?queue=khong-co")
    assert response.status_code == 422
    assert response.json()["detail"] == "query.queue"


def test_a_wrong_method_keeps_its_status(office: Running) -> None:
    response = requests.delete(f"{office.url}/v1/me", timeout=10)
    assert response.status_code == 405
    assert response.headers["Content-Type"] == "application/problem+json"


def test_i_am_told_who_i_am(office: Running) -> None:
    me = office.client("vanthu").me()
    assert (me.user_id, me.name, me.office) == ("vanthu", "Phạm Thị D", "Sở Tư pháp")
    assert me.roles == (Role.CLERK,)
    assert me.agency_certificate_sha256 == ("ab" * 32,)
    assert me.rule_profile == "bhxh-599-2018"


def test_a_document_is_described_whole(office: Running) -> None:
    document_id = office.draft(attachments=2)
    found = office.client("giamdoc").document(document_id)
    assert found.abstract == "Về việc kiểm tra công tác văn thư"
    assert (found.symbol, found.number, found.state) == ("STP-VP", None, "to_sign")
    assert found.recipients == ("Như trên", "Lưu: VT")
    assert [signer.name for signer in found.signers] == ["Nguyễn Văn A"]
    assert (
        found.signers[0].certificate_sha256 == office.client("giamdoc").me().certificate_sha256[0]
    )
    assert found.main_file.size_bytes == len(DRAFT)
    assert [item.name for item in found.attachments] == ["phu-luc-1.pdf", "phu-luc-2.pdf"]
    assert found.history[0].at.utcoffset() is not None


def test_a_secret_document_shows_in_the_queue(office: Running) -> None:
    document_id = office.draft(secrecy=Secrecy.HIGH)
    (task,) = office.client("giamdoc").tasks(Queue.TO_SIGN).changed
    assert (task.document_id, task.secrecy) == (document_id, Secrecy.HIGH)


def test_a_draft_is_nobody_elses_to_look_at(office: Running) -> None:
    document_id = office.draft()
    response = _get(office, f"/v1/documents/{document_id}", "phogiamdoc")
    assert response.json()["type"] == ProblemType.DENIED.value


def test_content_that_is_already_here_is_not_sent_again(office: Running) -> None:
    document_id = office.draft()
    path = f"/v1/documents/{document_id}/files/f1/content"
    etag = _get(office, path).headers["ETag"]
    again = _get(office, path, **{"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_another_version_than_if_range_names_is_sent_whole(office: Running) -> None:
    document_id = office.draft()
    path = f"/v1/documents/{document_id}/files/f1/content"
    part = _get(office, path, **{"Range": "bytes=100-", "If-Range": f'"{"0" * 64}"'})
    assert (part.status_code, part.content) == (200, DRAFT)


def test_a_range_is_sent_alone(office: Running) -> None:
    document_id = office.draft()
    path = f"/v1/documents/{document_id}/files/f1/content"
    part = _get(office, path, Range="bytes=100-199")
    assert (part.status_code, part.content) == (206, DRAFT[100:200])


def test_an_open_stream_tells_that_a_queue_changed(office: Running) -> None:
    with office.client("giamdoc").events() as events:
        office.draft()
        assert next(iter(events)) is Queue.TO_SIGN


def test_the_servers_clock_is_known_after_its_first_answer(office: Running) -> None:
    server = office.client("vanthu")
    server.me()
    skew_s = server.clock_skew_s()
    assert skew_s is not None
    assert abs(skew_s) < 30
