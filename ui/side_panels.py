"""The panels beside the page that most days nobody asks for: each is made when it is first wanted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.application import Application
from ui.main_window import MainWindow
from ui.panels import Panel
from ui.viewmodels.shell import ShellVm
from ui.views.review_panel import ReviewPanel
from ui.views.top_bar import TopBar

if TYPE_CHECKING:
    from ui.views.checking_panel import CheckingPanel
    from ui.views.doctor_panel import DoctorPanel
    from ui.views.key_files_panel import KeyFilesPanel
    from ui.views.trust_panel import TrustPanel


class SidePanels(QObject):
    """Makes them, and connects what they wish with what the shell does."""

    def __init__(
        self,
        application: Application,
        window: MainWindow,
        shell: ShellVm,
        top_bar: TopBar,
        review: ReviewPanel,
    ) -> None:
        super().__init__()
        self._application = application
        self._window = window
        self._shell = shell
        self._review = review
        top_bar.key_files_wanted.connect(self._show_key_files)
        top_bar.doctor_wanted.connect(self._show_doctor)
        top_bar.trust_wanted.connect(self._show_trust)
        top_bar.folder_wanted.connect(self._choose_folder)
        review.back_wanted.connect(lambda: shell.lay_aside(Panel.CHECKING))

    @cached_property
    def key_files(self) -> KeyFilesPanel:
        """PKCS#12 files that sign as tokens do."""
        from ui.viewmodels.key_files import KeyFilesVm  # noqa: PLC0415
        from ui.views.key_files_panel import KeyFilesPanel  # noqa: PLC0415

        vm = KeyFilesVm(self._application.bridge, self._shell.token)
        panel = KeyFilesPanel(vm, self._application.look)
        panel.closed.connect(self._put_away)
        self._window.add_panel(Panel.KEY_FILES, panel)
        return panel

    @cached_property
    def doctor(self) -> DoctorPanel:
        """Whether this machine is ready to sign."""
        from ui.viewmodels.doctor import DoctorVm  # noqa: PLC0415
        from ui.views.doctor_panel import DoctorPanel  # noqa: PLC0415

        vm = DoctorVm(self._application.bridge, self._shell.token)
        panel = DoctorPanel(vm, self._application.look)
        panel.closed.connect(self._put_away)
        panel.trust_wanted.connect(self._show_trust)
        self._window.add_panel(Panel.DOCTOR, panel)
        return panel

    @cached_property
    def trust(self) -> TrustPanel:
        """Whom this machine believes."""
        from ui.viewmodels.trust import TrustVm  # noqa: PLC0415
        from ui.views.trust_panel import TrustPanel  # noqa: PLC0415

        panel = TrustPanel(TrustVm(self._application.bridge), self._application.look)
        panel.closed.connect(self._put_away)
        self._window.add_panel(Panel.TRUST, panel)
        return panel

    @cached_property
    def checking(self) -> CheckingPanel:
        """Many files, judged in a list."""
        from ui.viewmodels.checking import CheckingVm  # noqa: PLC0415
        from ui.views.checking_panel import CheckingPanel  # noqa: PLC0415

        vm, review = CheckingVm(self._application.bridge), self._review
        panel = CheckingPanel(vm, self._application.look)
        panel.closed.connect(self._put_away)
        panel.file_chosen.connect(self._shell.open_file)
        panel.paths_chosen.connect(self.check_files)
        vm.changed.connect(lambda: review.offer_back(is_offered=bool(vm.state.rows)))
        self._window.add_panel(Panel.CHECKING, panel)
        return panel

    def check_files(self, paths: Sequence[Path]) -> None:
        """Judge files and folders in a list."""
        self.checking.vm.check(paths)
        self._shell.lay_aside(Panel.CHECKING)

    def _show_key_files(self) -> None:
        self.key_files.vm.begin()
        self._shell.lay_aside(Panel.KEY_FILES)

    def _show_doctor(self) -> None:
        self.doctor.vm.look()
        self._shell.lay_aside(Panel.DOCTOR)

    def _show_trust(self) -> None:
        self.trust.vm.begin()
        self._shell.lay_aside(Panel.TRUST)

    def _choose_folder(self) -> None:
        self.checking.choose_folder()

    def _put_away(self) -> None:
        self._shell.lay_aside(None)
