package app

import (
	"time"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// countdown counts down whole seconds and has the page drawn again with each.
type countdown struct {
	until   time.Time
	left    int // seconds, as drawn
	running bool
}

// start counts down d from now, in the place of what was counted before.
func (c *countdown) start(ctx goapp.Context, d time.Duration) {
	now := time.Now()
	c.until = now.Add(d)
	c.left = secondsUntil(c.until, now)
	if c.left > 0 && !c.running {
		c.running = true
		c.count(ctx)
	}
}

func (c *countdown) count(ctx goapp.Context) {
	later(ctx, time.Second, func() {
		c.left = secondsUntil(c.until, time.Now())
		if c.left <= 0 {
			c.running = false
			return
		}
		c.count(ctx)
	})
}
