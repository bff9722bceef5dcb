//! Fills the page of a batch, which may be longer than memory should hold: block by block, and a long list piece by
//! piece. A template that is not cut is filled at once.

use serde_json::Value;

use crate::error::Result;
use crate::render::cut::{LONG, blocks, long};
use crate::render::template::{REPORT, Templates};

/// How many items of a long list are filled at a time.
const PIECE: usize = 50;

/// The same for invented values, which are few, so that what goes wrong between two pieces shows.
const SAMPLE_PIECE: usize = 2;

/// The items of a long list.
pub type Items<'a> = Box<dyn Iterator<Item = Result<Value>> + 'a>;

impl Templates {
    /// Fills the page of a batch and writes it piece by piece. `values` are what the template may name beside the
    /// long lists, and `items` gives those, by their names.
    ///
    /// # Errors
    /// The template names what is not there; a list cannot be read, or the page not written.
    pub fn write_page<'a>(
        &self,
        values: Value,
        items: &dyn Fn(&str) -> Items<'a>,
        write: &mut dyn FnMut(&str) -> Result<()>,
    ) -> Result<()> {
        self.write_pieces(PIECE, values, items, write)
    }

    /// Fills the page of a batch with values that hold the long lists.
    pub(crate) fn sample_page(&self, values: &Value) -> Result<String> {
        let mut page = String::new();
        let items = |name: &str| -> Items<'_> {
            let items = values[name].as_array().cloned().unwrap_or_default();
            Box::new(items.into_iter().map(Ok))
        };
        self.write_pieces(SAMPLE_PIECE, values.clone(), &items, &mut |text| {
            page.push_str(text);
            Ok(())
        })?;
        Ok(page)
    }

    fn write_pieces<'a>(
        &self,
        piece: usize,
        mut values: Value,
        items: &dyn Fn(&str) -> Items<'a>,
        write: &mut dyn FnMut(&str) -> Result<()>,
    ) -> Result<()> {
        let Some(blocks) = blocks(self.text(REPORT).unwrap_or_default()) else {
            for long in LONG {
                values[long.name] = items(long.name).collect::<Result<_>>()?;
            }
            return write(&self.fill_page(REPORT, values)?);
        };
        let mut page = self.in_parts(values)?;
        for block in blocks {
            let part = block.part();
            if long(block.name).is_none() {
                write(&page.fill(&part)?)?;
                continue;
            }
            let mut items = items(block.name).peekable();
            loop {
                let piece = items.by_ref().take(piece);
                page.put(block.name, &piece.collect::<Result<Vec<_>>>()?)?;
                write(&page.fill(&part)?)?;
                if items.peek().is_none() {
                    break;
                }
            }
            page.take(block.name);
        }
        Ok(())
    }
}
