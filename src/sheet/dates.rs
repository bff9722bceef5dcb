//! Days as people write them. Without the word of a mapping, only what has one reading is taken for a day.

use crate::domain::Date;
pub(super) use crate::domain::notation::Order;
use crate::domain::notation::days_in;

/// Returns the day that a text means, if it has one reading or the order decides.
pub(super) fn read(text: &str, order: Option<Order>) -> Option<Date> {
    match *days_in(text, order).as_slice() {
        [day] => Some(day),
        _ => None,
    }
}

/// Returns the orders that the days of a list may have: those that fit a text with numbers alone.
pub(super) fn orders(text: &str) -> Vec<Order> {
    let orders = [Order::Dmy, Order::Mdy, Order::Ymd];
    let is_open = read(text, None).is_none();
    let fits = |order: &Order| is_open && read(text, Some(*order)).is_some();
    orders.into_iter().filter(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_it_is_written() {
        let day = |text, order| read(text, order).map_or_else(String::new, |day| day.to_string());
        for (text, expected) in [
            ("2030-12-31", "2030-12-31"),
            ("2025/03/03", "2025-03-03"),
            ("2025.3.3.", "2025-03-03"),
            ("2025年3月3日", "2025-03-03"),
            ("２０２５年３月３日", "2025-03-03"),
            ("2025년 3월 3일", "2025-03-03"),
            ("令和12年12月31日", "2030-12-31"),
            ("令和元年5月1日", "2019-05-01"),
            ("R12.12.31", "2030-12-31"),
            ("31.12.2030", "2030-12-31"),
            ("12/31/2030", "2030-12-31"),
            ("05.05.2030", "2030-05-05"),
            ("28 Feb 2028", "2028-02-28"),
            ("March 3, 2025", "2025-03-03"),
            ("3. März 2025", "2025-03-03"),
            ("31-Dec-30", ""),
            ("30-Feb-28", "2030-02-28"),
            ("28-Feb-28", "2028-02-28"),
            ("03/04/2025", ""),
            ("1/2/25", ""),
            ("2025-02-30", ""),
            ("3.0.5", ""),
            ("Mayor 3 2030", ""),
            ("May 3 2030", "2030-05-03"),
            ("2030-12-31T00:00:00", "2030-12-31"),
            ("-2030-12-31", ""),
            ("in 2030", ""),
            ("2030", ""),
            ("next year", ""),
        ] {
            assert_eq!(day(text, None), expected, "{text}");
        }
        assert_eq!(day("03/04/2025", Some(Order::Dmy)), "2025-04-03");
        assert_eq!(day("03/04/2025", Some(Order::Mdy)), "2025-03-04");
        assert_eq!(day("31-Dec-30", Some(Order::Dmy)), "2030-12-31");
        assert_eq!(day("25/4/3", Some(Order::Ymd)), "2025-04-03");
        assert_eq!(day("31/12/2030", Some(Order::Mdy)), "");
    }

    #[test]
    fn a_text_tells_which_orders_it_may_have() {
        let first = [Order::Dmy, Order::Mdy];
        assert_eq!(orders("03/04/2025"), first);
        assert_eq!(orders("2025/03/03"), []);
        assert_eq!(orders("31-Dec-30").len(), 3);
    }
}
