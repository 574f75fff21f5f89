"""What a reader does with an article on either screen without deciding anything: moving about in it."""

from annotator.tui.screens.article_screen import ArticleScreen


class ReadingScreen(ArticleScreen):
    """An article that can be read."""

    def action_page(self, pages: int) -> None:
        """Go down or up by pages."""
        self.view.turn_page(pages)
        self.caret_moved()
