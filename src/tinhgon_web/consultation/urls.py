"""Addresses of the office's side of a consultation."""

from __future__ import annotations

from django.urls import path

from tinhgon_web.consultation.views import filling, paper, results, rolls, rounds

app_name = "consultation"
_UNIT = "<int:round_id>/don-vi/<str:unit>/"
_BATCH = "tap-phieu/<int:batch_id>/"
urlpatterns = [
    path("", rounds.show_rounds, name="rounds"),
    path("moi/", rounds.new_round, name="new"),
    path("<int:round_id>/", rounds.show_round, name="round"),
    path("<int:round_id>/tien-do/", rounds.show_progress, name="progress"),
    path("<int:round_id>/mo/", rounds.open_round, name="open"),
    path("<int:round_id>/ket-thuc/", rounds.close_round, name="close"),
    path("<int:round_id>/lan-sau/", rounds.ask_again, name="again"),
    path("<int:round_id>/cong-bo/", rounds.publish, name="publish"),
    path("<int:round_id>/xoa-ten/", rounds.erase_names, name="erase"),
    path("<int:round_id>/nhap-danh-sach/", filling.fill_rolls, name="fill"),
    path("<int:round_id>/nhap-danh-sach/xac-nhan/", filling.confirm_rolls, name="confirm"),
    path("<int:round_id>/nhap-danh-sach/mau.xlsx", filling.empty_sheet, name="sheet"),
    path("<int:round_id>/ket-qua/", results.show_results, name="results"),
    path("<int:round_id>/ket-qua.csv", results.export_results, name="results_csv"),
    path("<int:round_id>/tham-gia.csv", results.export_participation, name="participation_csv"),
    path("<int:round_id>/y-kien/", results.show_opinions, name="opinions"),
    path("<int:round_id>/y-kien/<int:group_id>/", results.answer_group, name="answer_group"),
    path("<int:round_id>/dau-vet/", results.show_traces, name="traces"),
    path(_UNIT, rolls.show_roll, name="roll"),
    path(f"{_UNIT}niem-yet/", rolls.post_roll, name="post"),
    path(f"{_UNIT}duyet/", rolls.approve_roll, name="approve"),
    path(f"{_UNIT}phieu-ma/", rolls.print_slips, name="slips"),
    path(f"{_UNIT}dinh-chinh/", rolls.correct, name="correct"),
    path(f"{_UNIT}tap-phieu/", paper.open_batch, name="open_batch"),
    path(f"{_UNIT}bien-ban/", results.show_minutes, name="minutes"),
    path(_BATCH, paper.show_batch, name="batch"),
    path(f"{_BATCH}nhap/", paper.key_batch, name="key"),
    path(f"{_BATCH}quyet-dinh/", paper.settle, name="settle"),
    path(f"{_BATCH}tong-so/", paper.redeclare, name="redeclare"),
    path(f"{_BATCH}ghi-so/", paper.post_batch, name="post_batch"),
    path(f"{_BATCH}ban-quet/", paper.attach_scan, name="attach_scan"),
    path("ban-quet/<int:scan_id>/", paper.show_scan, name="scan"),
    path(f"{_BATCH}bo/", paper.drop_batch, name="drop_batch"),
]
