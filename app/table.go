package app

import goapp "github.com/maxence-charriere/go-app/v10/pkg/app"

// column is one column of a table.
type column struct {
	Label  string
	Number bool // aligns right
	Acts   bool // holds the buttons of the row; its label is for assistive technology
	Box    bool // holds the box that chooses the row, likewise
}

// table draws rows under columns. On phones each row becomes a block in which every
// cell says its own column. Caption names the table for assistive technology. A row
// with fewer cells than columns is drawn as far as it goes.
func table(caption string, columns []column, rows [][]goapp.UI) goapp.UI {
	var heads, lines []goapp.UI
	for _, c := range columns {
		heads = append(heads, columnHead(c))
	}
	for _, cells := range rows {
		var line []goapp.UI
		for i, cell := range cells {
			if i == len(columns) {
				break
			}
			line = append(line, tableCell(columns[i], cell))
		}
		lines = append(lines, goapp.Tr().Body(line...))
	}
	return goapp.Table().Class("table").Body(
		goapp.Caption().Class("out-of-sight").Text(caption),
		goapp.THead().Body(goapp.Tr().Body(heads...)),
		goapp.TBody().Body(lines...),
	)
}

func columnHead(c column) goapp.UI {
	e := goapp.Th().Scope("col")
	switch {
	case c.Acts, c.Box:
		return e.Body(span("out-of-sight", c.Label))
	case c.Number:
		return e.Class("number").Text(c.Label)
	}
	return e.Text(c.Label)
}

func tableCell(c column, cell goapp.UI) goapp.UI {
	e := goapp.Td().Body(cell)
	switch {
	case c.Acts:
		return e.Class("acts")
	case c.Box:
		return e.Class("box")
	case c.Number:
		return e.Class("number").DataSet("label", attr(c.Label))
	}
	return e.DataSet("label", attr(c.Label))
}
