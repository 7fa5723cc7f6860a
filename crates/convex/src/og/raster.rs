//! SVG to PNG, with the fonts that come with the program and no others: the same bytes on every machine.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Options, Tree};

use crate::desk::on_pool;

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// The drawing cannot be read.
    #[error("the drawing cannot be read: {0}")]
    Drawing(#[from] resvg::usvg::Error),
    /// The picture has no pixel, or too many.
    #[error("the picture would be {0} by {1} pixels")]
    Size(u32, u32),
    /// The picture cannot be written as PNG.
    #[error("the picture cannot be written: {0}")]
    Encoding(String),
    /// The program is stopping.
    #[error("the picture was not finished")]
    Stopped,
}

const REGULAR: &[u8] = include_bytes!("../../fonts/inter-400.ttf");
const SEMIBOLD: &[u8] = include_bytes!("../../fonts/inter-600.ttf");

/// The most pixels of a side.
const LONGEST: u32 = 4_096;

static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    fonts.load_font_source(Source::Binary(Arc::new(REGULAR)));
    fonts.load_font_source(Source::Binary(Arc::new(SEMIBOLD)));
    fonts.set_sans_serif_family("Inter");
    Arc::new(fonts)
});

/// A drawing as PNG, so many pixels for one of the drawing's, made on the mathematics pool.
pub async fn png(svg: String, zoom: f32) -> Result<Vec<u8>, Failed> {
    on_pool(move || rendered(&svg, zoom)).await.unwrap_or(Err(Failed::Stopped))
}

fn rendered(svg: &str, zoom: f32) -> Result<Vec<u8>, Failed> {
    let options = Options { fontdb: Arc::clone(&FONTS), font_family: "Inter".to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options)?;
    let size = tree.size();
    let [width, height] = [size.width(), size.height()].map(|side| (side * zoom).ceil() as u32);
    let fits = (1..=LONGEST).contains(&width) && (1..=LONGEST).contains(&height);
    let mut picture = fits.then(|| Pixmap::new(width, height)).flatten().ok_or(Failed::Size(width, height))?;
    resvg::render(&tree, Transform::from_scale(zoom, zoom), &mut picture.as_mut());
    picture.encode_png().map_err(|error| Failed::Encoding(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size_of(png: &[u8]) -> (u32, u32) {
        let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        (number(16), number(20))
    }

    #[test]
    fn text_is_drawn_with_the_fonts_of_the_program() {
        let with = |text: &str| {
            let svg = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"60\" height=\"20\"><text y=\"15\" font-size=\"12\">{text}</text></svg>"
            );
            rendered(&svg, 2.0).unwrap()
        };
        assert_eq!(size_of(&with("A")), (120, 40));
        assert_ne!(with(""), with("−0.5"));
        assert_eq!(with("DIA"), with("DIA"));
    }

    #[test]
    fn what_is_no_drawing_is_refused() {
        assert!(matches!(rendered("<p>", 1.0), Err(Failed::Drawing(_))));
        let large = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9000\" height=\"20\"/>";
        assert!(matches!(rendered(large, 1.0), Err(Failed::Size(9_000, 20))));
    }
}
